import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('criteria', '0002_assessments'),
        ('profiles', '0012_unnamed_until_answered'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalrating',
            name='evidence_file',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='profiles.storedfile', verbose_name='Nachweis (Datei)'),
        ),
        migrations.AddField(
            model_name='rating',
            name='evidence_file',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='ratings', to='profiles.storedfile', verbose_name='Nachweis (Datei)'),
        ),
    ]
