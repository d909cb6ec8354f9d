from django.db import migrations, models

import profiles.models.people


class Migration(migrations.Migration):

    dependencies = [
        ('profiles', '0007_stem_postings'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='language',
            field=models.CharField(choices=[('de', 'Deutsch'), ('en', 'English')], default=profiles.models.people.language_of_page, max_length=2, verbose_name='Sprache der Mails'),
        ),
    ]
