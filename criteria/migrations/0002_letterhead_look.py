import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('criteria', '0001_tables'),
        ('profiles', '0006_met_phase_changes'),
    ]

    operations = [
        migrations.AddField(
            model_name='letterhead',
            name='accent',
            field=models.CharField(blank=True, max_length=7, verbose_name='Farbe'),
        ),
        migrations.AddField(
            model_name='letterhead',
            name='address',
            field=models.CharField(blank=True, max_length=160, verbose_name='Anschrift'),
        ),
        migrations.AddField(
            model_name='letterhead',
            name='logo',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='letterheads', to='profiles.storedfile', verbose_name='Logo'),
        ),
        migrations.AddConstraint(
            model_name='letterhead',
            constraint=models.CheckConstraint(condition=models.Q(('accent', ''), ('accent__regex', '^#[0-9a-f]{6}$'), _connector='OR'), name='letterhead_accent_is_a_colour'),
        ),
    ]
