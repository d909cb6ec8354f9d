from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('challenges', '0003_sending_surveys'),
        ('profiles', '0012_unnamed_until_answered'),
    ]

    operations = [
        migrations.AddField(
            model_name='need',
            name='threads',
            field=models.ManyToManyField(blank=True, related_name='needs', to='profiles.thread', verbose_name='Gespräche mit Anbietern'),
        ),
    ]
