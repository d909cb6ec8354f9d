from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('profiles', '0011_solution_changes'),
    ]

    operations = [
        migrations.AddField(
            model_name='thread',
            name='answering_alias',
            field=models.CharField(blank=True, max_length=200, verbose_name='statt des Namens, bis geantwortet ist'),
        ),
    ]
