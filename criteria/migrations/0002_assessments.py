import django.contrib.postgres.fields
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('criteria', '0001_catalogue'),
        ('profiles', '0004_members_and_verification'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='Projekt oder Lösung')),
                ('phase', models.CharField(choices=[('P1', 'P1 Ideenfindung'), ('P2', 'P2 Prototyp'), ('P3', 'P3 Pilot'), ('P4', 'P4 Vertikale Skalierung'), ('P5', 'P5 Horizontale Skalierung')], max_length=2, verbose_name='Phase heute')),
                ('stakeholders', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=60), blank=True, default=list, size=None, verbose_name='Wer wirkt mit?')),
                ('is_shared_with_agency', models.BooleanField(default=False, verbose_name='Ergebnis mit der Landesbehörde teilen')),
                ('is_public', models.BooleanField(default=False, verbose_name='auf der Seite der Lösung zeigen')),
                ('situation', models.TextField(blank=True, max_length=1200, verbose_name='Ausgangslage')),
                ('decision', models.TextField(blank=True, max_length=1200, verbose_name='Beschlussvorschlag')),
                ('risks', models.TextField(blank=True, max_length=1200, verbose_name='Risiken')),
                ('next_steps', models.TextField(blank=True, max_length=1200, verbose_name='Nächste Schritte')),
                ('created_at', models.DateTimeField(verbose_name='angelegt am')),
                ('version', models.PositiveIntegerField(default=1)),
                ('catalogue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='criteria.catalogue', verbose_name='Fassung')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='angelegt von')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assessments', to='profiles.organisation', verbose_name='Organisation')),
                ('solution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='assessments', to='profiles.solution', verbose_name='Lösung auf dem Marktplatz')),
            ],
            options={
                'verbose_name': 'Selbsteinschätzung',
                'verbose_name_plural': 'Selbsteinschätzungen',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalRating',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('value', models.CharField(choices=[('met', 'erfüllt'), ('partly', 'teilweise'), ('not_met', 'nicht erfüllt'), ('not_applicable', 'trifft nicht zu'), ('unknown', 'noch unbekannt')], default='unknown', max_length=15, verbose_name='Wie steht es?')),
                ('note', models.TextField(blank=True, max_length=5000, verbose_name='Notiz')),
                ('evidence_url', models.URLField(blank=True, max_length=500, verbose_name='Nachweis (Adresse)')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='Bis wann?')),
                ('target', models.CharField(blank=True, max_length=300, verbose_name='Was soll dann erreicht sein?')),
                ('is_to_review', models.BooleanField(default=False, editable=False, verbose_name='nach neuer Fassung zu prüfen')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='Fassung')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('assessment', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='criteria.assessment', verbose_name='Einschätzung')),
                ('criterion', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='criteria.criterion', verbose_name='Kriterium')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('responsible', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Wer kümmert sich?')),
            ],
            options={
                'verbose_name': 'historical Bewertung eines Kriteriums',
                'verbose_name_plural': 'historical Bewertungen von Kriterien',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Letterhead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('head', models.CharField(max_length=120, verbose_name='Kopfzeile')),
                ('foot', models.TextField(blank=True, max_length=300, verbose_name='Schlusszeile')),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='letterhead', to='profiles.organisation', verbose_name='Organisation')),
            ],
            options={
                'verbose_name': 'Briefkopf',
                'verbose_name_plural': 'Briefköpfe',
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.CharField(choices=[('met', 'erfüllt'), ('partly', 'teilweise'), ('not_met', 'nicht erfüllt'), ('not_applicable', 'trifft nicht zu'), ('unknown', 'noch unbekannt')], default='unknown', max_length=15, verbose_name='Wie steht es?')),
                ('note', models.TextField(blank=True, max_length=5000, verbose_name='Notiz')),
                ('evidence_url', models.URLField(blank=True, max_length=500, verbose_name='Nachweis (Adresse)')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='Bis wann?')),
                ('target', models.CharField(blank=True, max_length=300, verbose_name='Was soll dann erreicht sein?')),
                ('is_to_review', models.BooleanField(default=False, editable=False, verbose_name='nach neuer Fassung zu prüfen')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='Fassung')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='criteria.assessment', verbose_name='Einschätzung')),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='criteria.criterion', verbose_name='Kriterium')),
                ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Wer kümmert sich?')),
            ],
            options={
                'verbose_name': 'Bewertung eines Kriteriums',
                'verbose_name_plural': 'Bewertungen von Kriterien',
                'ordering': ['criterion__number', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.CharField(choices=[('met', 'erfüllt'), ('partly', 'teilweise'), ('not_met', 'nicht erfüllt'), ('not_applicable', 'trifft nicht zu'), ('unknown', 'noch unbekannt')], max_length=15, verbose_name='bestätigte Bewertung')),
                ('confirmed_at', models.DateTimeField(verbose_name='bestätigt am')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bestätigt von')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='profiles.organisation', verbose_name='Kommune')),
                ('rating', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='confirmations', to='criteria.rating')),
            ],
            options={
                'verbose_name': 'Bestätigung einer Bewertung',
                'verbose_name_plural': 'Bestätigungen von Bewertungen',
                'ordering': ['confirmed_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ShareLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(verbose_name='angelegt am')),
                ('expires_at', models.DateTimeField(verbose_name='gültig bis')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='zurückgezogen am')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='share_links', to='criteria.assessment')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='angelegt von')),
            ],
            options={
                'verbose_name': 'Link zu einem Bericht',
                'verbose_name_plural': 'Links zu Berichten',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=120, verbose_name='Bezeichnung')),
                ('phase', models.CharField(choices=[('P1', 'P1 Ideenfindung'), ('P2', 'P2 Prototyp'), ('P3', 'P3 Pilot'), ('P4', 'P4 Vertikale Skalierung'), ('P5', 'P5 Horizontale Skalierung')], max_length=2, verbose_name='Phase')),
                ('catalogue_number', models.PositiveIntegerField(verbose_name='Fassung des Katalogs')),
                ('ratings', models.JSONField(verbose_name='Bewertungen')),
                ('taken_at', models.DateTimeField(verbose_name='festgehalten am')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='snapshots', to='criteria.assessment', verbose_name='Einschätzung')),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='festgehalten von')),
            ],
            options={
                'verbose_name': 'Festgehaltener Stand',
                'verbose_name_plural': 'Festgehaltene Stände',
                'ordering': ['-taken_at', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(('is_public', False), ('solution__isnull', False), _connector='OR'), name='assessment_public_has_solution', violation_error_message='Zeigen lässt sich nur die Einschätzung einer Lösung.'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.UniqueConstraint(condition=models.Q(('is_public', True)), fields=('solution',), name='assessment_public_once_per_solution', violation_error_message='Auf der Seite dieser Lösung steht schon eine andere Selbsteinschätzung.'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(fields=('assessment', 'criterion'), name='rating_once_per_criterion', violation_error_message='Dieses Kriterium ist schon bewertet.'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.UniqueConstraint(fields=('rating', 'organisation'), name='confirmation_once_per_organisation'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.CheckConstraint(condition=models.Q(('value', 'unknown'), _negated=True), name='confirmation_of_something_known'),
        ),
        migrations.AddConstraint(
            model_name='sharelink',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='share_link_expires_later'),
        ),
    ]
