import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('profiles', '0004_solution_changes'),
    ]

    operations = [
        migrations.CreateModel(
            name='MetPhase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phase', models.CharField(choices=[('P1', 'P1 Ideenfindung'), ('P2', 'P2 Prototyp'), ('P3', 'P3 Pilot'), ('P4', 'P4 Vertikale Skalierung'), ('P5', 'P5 Horizontale Skalierung')], max_length=2, verbose_name='Phase')),
                ('is_confirmed', models.BooleanField(default=False, verbose_name='von Kommunen bestätigt')),
                ('solution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='met_phases', to='profiles.solution', verbose_name='Lösung')),
            ],
            options={
                'verbose_name': 'Phase mit erfüllten Kriterien',
                'verbose_name_plural': 'Phasen mit erfüllten Kriterien',
                'ordering': ['phase', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('solution', 'phase'), name='met_phase_once_per_solution')],
            },
        ),
    ]
