import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import profiles.models.bilingual
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('challenges', '0005_results_and_invitations'),
        ('profiles', '0005_last_owner'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Challenge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='Titel')),
                ('sort_title', models.GeneratedField(db_persist=True, expression=profiles.models.bilingual.GermanSortKey(models.F('title')), output_field=models.TextField(db_collation='C'))),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='Adresse der Seite')),
                ('problem_citizens', models.TextField(blank=True, verbose_name='Das Problem aus Sicht der Bürger:innen')),
                ('problem_staff', models.TextField(blank=True, verbose_name='Das Problem aus Sicht der Beschäftigten')),
                ('goals', models.JSONField(blank=True, default=list, verbose_name='Ziele und Messung')),
                ('hosting', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('germany', 'Rechenzentrum in Deutschland'), ('on_premise', 'eigenes Rechenzentrum der Kommune'), ('eu', 'Rechenzentrum in der EU'), ('non_eu', 'außerhalb der EU')], max_length=20), blank=True, default=list, size=None, verbose_name='Betrieb: was in Frage kommt')),
                ('licence', models.CharField(blank=True, choices=[('open_source', 'Open Source'), ('proprietary', 'proprietär')], max_length=20, verbose_name='Lizenz')),
                ('max_budget_eur', models.PositiveIntegerField(blank=True, null=True, verbose_name='Höchstens (Euro je Jahr, netto)')),
                ('min_phase', models.CharField(blank=True, choices=[('P1', 'P1 Ideenfindung'), ('P2', 'P2 Prototyp'), ('P3', 'P3 Pilot'), ('P4', 'P4 Vertikale Skalierung'), ('P5', 'P5 Horizontale Skalierung')], max_length=2, verbose_name='Mindestens in Phase')),
                ('wishes', models.TextField(blank=True, verbose_name='Wünsche')),
                ('data_sets', models.TextField(blank=True, verbose_name='Daten, die wir bereitstellen')),
                ('test_areas', models.TextField(blank=True, verbose_name='Testflächen und Unterstützung')),
                ('eligible_kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('startup', 'Start-up'), ('sme', 'mittelständisches Unternehmen'), ('university_spinoff', 'Ausgründung einer Hochschule'), ('nonprofit', 'gemeinnützig'), ('municipal_it', 'kommunaler IT-Dienstleister')], max_length=20), blank=True, default=list, size=None, verbose_name='Wer sich bewerben darf')),
                ('budget_eur', models.PositiveIntegerField(blank=True, null=True, verbose_name='Budget (Euro, netto)')),
                ('term_months', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Laufzeit (Monate)')),
                ('prize', models.TextField(blank=True, verbose_name='Preis oder andere Gegenleistung')),
                ('procedure', models.SlugField(blank=True, max_length=60, verbose_name='Vergabeweg')),
                ('procedure_facts', models.JSONField(blank=True, default=dict, verbose_name='Grundlage des Vergabewegs')),
                ('contact', models.CharField(blank=True, max_length=200, verbose_name='Ansprechstelle')),
                ('questions_from', models.DateTimeField(blank=True, null=True, verbose_name='Fragen ab')),
                ('questions_until', models.DateTimeField(blank=True, null=True, verbose_name='Fragen bis')),
                ('applications_from', models.DateTimeField(blank=True, null=True, verbose_name='Bewerbungen ab')),
                ('applications_until', models.DateTimeField(blank=True, null=True, verbose_name='Bewerbungen bis')),
                ('pitch_on', models.DateField(blank=True, null=True, verbose_name='Vorstellung am')),
                ('decision_on', models.DateField(blank=True, null=True, verbose_name='Entscheidung bis')),
                ('start_on', models.DateField(blank=True, null=True, verbose_name='Beginn am')),
                ('state', models.CharField(choices=[('draft', 'Entwurf'), ('in_review', 'in Prüfung durch eine zweite Person'), ('published', 'veröffentlicht'), ('questions_open', 'Fragen möglich'), ('applications_open', 'Bewerbungen möglich'), ('evaluation', 'in Bewertung'), ('decision', 'Entscheidung steht an'), ('awarded', 'vergeben'), ('no_award', 'ohne Vergabe beendet'), ('cancelled', 'abgebrochen')], default='draft', editable=False, max_length=20, verbose_name='Stand')),
                ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='veröffentlicht am')),
                ('created_at', models.DateTimeField(verbose_name='angelegt am')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('needs', models.ManyToManyField(blank=True, related_name='challenges', to='challenges.need', verbose_name='Bedarfe, die sie deckt')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='challenges', to='profiles.organisation', verbose_name='wer ausschreibt')),
                ('partners', models.ManyToManyField(blank=True, related_name='joint_challenges', to='profiles.organisation', verbose_name='gemeinsam mit')),
                ('standards', models.ManyToManyField(blank=True, related_name='challenges', to='profiles.standard', verbose_name='Verlangte Standards')),
                ('topics', models.ManyToManyField(blank=True, related_name='challenges', to='profiles.topic', verbose_name='Themen')),
            ],
            options={
                'verbose_name': 'Challenge',
                'verbose_name_plural': 'Challenges',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='EvaluationCriterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='Reihenfolge')),
                ('label', models.CharField(max_length=160, verbose_name='Kriterium')),
                ('description', models.TextField(blank=True, verbose_name='Was bewertet wird')),
                ('weight', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='Gewicht')),
                ('points', models.JSONField(blank=True, default=dict, verbose_name='Was die Punkte bedeuten')),
                ('is_price', models.BooleanField(default=False, verbose_name='Preis (nach Formel)')),
                ('challenge', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='challenges.challenge')),
            ],
            options={
                'verbose_name': 'Bewertungskriterium',
                'verbose_name_plural': 'Bewertungskriterien',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalChallenge',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='Titel')),
                ('sort_title', models.GeneratedField(db_persist=True, expression=profiles.models.bilingual.GermanSortKey(models.F('title')), output_field=models.TextField(db_collation='C'))),
                ('slug', models.SlugField(max_length=80, verbose_name='Adresse der Seite')),
                ('problem_citizens', models.TextField(blank=True, verbose_name='Das Problem aus Sicht der Bürger:innen')),
                ('problem_staff', models.TextField(blank=True, verbose_name='Das Problem aus Sicht der Beschäftigten')),
                ('goals', models.JSONField(blank=True, default=list, verbose_name='Ziele und Messung')),
                ('hosting', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('germany', 'Rechenzentrum in Deutschland'), ('on_premise', 'eigenes Rechenzentrum der Kommune'), ('eu', 'Rechenzentrum in der EU'), ('non_eu', 'außerhalb der EU')], max_length=20), blank=True, default=list, size=None, verbose_name='Betrieb: was in Frage kommt')),
                ('licence', models.CharField(blank=True, choices=[('open_source', 'Open Source'), ('proprietary', 'proprietär')], max_length=20, verbose_name='Lizenz')),
                ('max_budget_eur', models.PositiveIntegerField(blank=True, null=True, verbose_name='Höchstens (Euro je Jahr, netto)')),
                ('min_phase', models.CharField(blank=True, choices=[('P1', 'P1 Ideenfindung'), ('P2', 'P2 Prototyp'), ('P3', 'P3 Pilot'), ('P4', 'P4 Vertikale Skalierung'), ('P5', 'P5 Horizontale Skalierung')], max_length=2, verbose_name='Mindestens in Phase')),
                ('wishes', models.TextField(blank=True, verbose_name='Wünsche')),
                ('data_sets', models.TextField(blank=True, verbose_name='Daten, die wir bereitstellen')),
                ('test_areas', models.TextField(blank=True, verbose_name='Testflächen und Unterstützung')),
                ('eligible_kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('startup', 'Start-up'), ('sme', 'mittelständisches Unternehmen'), ('university_spinoff', 'Ausgründung einer Hochschule'), ('nonprofit', 'gemeinnützig'), ('municipal_it', 'kommunaler IT-Dienstleister')], max_length=20), blank=True, default=list, size=None, verbose_name='Wer sich bewerben darf')),
                ('budget_eur', models.PositiveIntegerField(blank=True, null=True, verbose_name='Budget (Euro, netto)')),
                ('term_months', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Laufzeit (Monate)')),
                ('prize', models.TextField(blank=True, verbose_name='Preis oder andere Gegenleistung')),
                ('procedure', models.SlugField(blank=True, max_length=60, verbose_name='Vergabeweg')),
                ('procedure_facts', models.JSONField(blank=True, default=dict, verbose_name='Grundlage des Vergabewegs')),
                ('contact', models.CharField(blank=True, max_length=200, verbose_name='Ansprechstelle')),
                ('questions_from', models.DateTimeField(blank=True, null=True, verbose_name='Fragen ab')),
                ('questions_until', models.DateTimeField(blank=True, null=True, verbose_name='Fragen bis')),
                ('applications_from', models.DateTimeField(blank=True, null=True, verbose_name='Bewerbungen ab')),
                ('applications_until', models.DateTimeField(blank=True, null=True, verbose_name='Bewerbungen bis')),
                ('pitch_on', models.DateField(blank=True, null=True, verbose_name='Vorstellung am')),
                ('decision_on', models.DateField(blank=True, null=True, verbose_name='Entscheidung bis')),
                ('start_on', models.DateField(blank=True, null=True, verbose_name='Beginn am')),
                ('state', models.CharField(choices=[('draft', 'Entwurf'), ('in_review', 'in Prüfung durch eine zweite Person'), ('published', 'veröffentlicht'), ('questions_open', 'Fragen möglich'), ('applications_open', 'Bewerbungen möglich'), ('evaluation', 'in Bewertung'), ('decision', 'Entscheidung steht an'), ('awarded', 'vergeben'), ('no_award', 'ohne Vergabe beendet'), ('cancelled', 'abgebrochen')], default='draft', editable=False, max_length=20, verbose_name='Stand')),
                ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='veröffentlicht am')),
                ('created_at', models.DateTimeField(verbose_name='angelegt am')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='profiles.organisation', verbose_name='wer ausschreibt')),
            ],
            options={
                'verbose_name': 'historical Challenge',
                'verbose_name_plural': 'historical Challenges',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalChallenge_needs',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('m2m_history_id', models.AutoField(primary_key=True, serialize=False)),
                ('challenge', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='challenges.challenge')),
                ('history', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='challenges.historicalchallenge')),
                ('need', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='challenges.need')),
            ],
            options={
                'verbose_name': 'HistoricalChallenge_needs',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalChallenge_partners',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('m2m_history_id', models.AutoField(primary_key=True, serialize=False)),
                ('challenge', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='challenges.challenge')),
                ('history', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='challenges.historicalchallenge')),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='profiles.organisation')),
            ],
            options={
                'verbose_name': 'HistoricalChallenge_partners',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalChallenge_standards',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('m2m_history_id', models.AutoField(primary_key=True, serialize=False)),
                ('challenge', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='challenges.challenge')),
                ('history', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='challenges.historicalchallenge')),
                ('standard', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='profiles.standard')),
            ],
            options={
                'verbose_name': 'HistoricalChallenge_standards',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalChallenge_topics',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('m2m_history_id', models.AutoField(primary_key=True, serialize=False)),
                ('challenge', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='challenges.challenge')),
                ('history', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='challenges.historicalchallenge')),
                ('topic', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='profiles.topic')),
            ],
            options={
                'verbose_name': 'HistoricalChallenge_topics',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='LogEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(choices=[('submit', 'zur Prüfung gegeben'), ('return', 'zurückgegeben'), ('publish', 'freigegeben und veröffentlicht'), ('open_questions', 'Fragen geöffnet'), ('open_applications', 'Bewerbungen geöffnet'), ('close_applications', 'Bewerbungsfrist abgelaufen'), ('finish_evaluation', 'Bewertung abgeschlossen'), ('award', 'vergeben'), ('end_without_award', 'ohne Vergabe beendet'), ('cancel', 'abgebrochen')], max_length=20, verbose_name='Schritt')),
                ('source', models.CharField(choices=[('draft', 'Entwurf'), ('in_review', 'in Prüfung durch eine zweite Person'), ('published', 'veröffentlicht'), ('questions_open', 'Fragen möglich'), ('applications_open', 'Bewerbungen möglich'), ('evaluation', 'in Bewertung'), ('decision', 'Entscheidung steht an'), ('awarded', 'vergeben'), ('no_award', 'ohne Vergabe beendet'), ('cancelled', 'abgebrochen')], max_length=20, verbose_name='von')),
                ('target', models.CharField(choices=[('draft', 'Entwurf'), ('in_review', 'in Prüfung durch eine zweite Person'), ('published', 'veröffentlicht'), ('questions_open', 'Fragen möglich'), ('applications_open', 'Bewerbungen möglich'), ('evaluation', 'in Bewertung'), ('decision', 'Entscheidung steht an'), ('awarded', 'vergeben'), ('no_award', 'ohne Vergabe beendet'), ('cancelled', 'abgebrochen')], max_length=20, verbose_name='nach')),
                ('at', models.DateTimeField(verbose_name='am')),
                ('reason', models.TextField(blank=True, verbose_name='Grund')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='durch')),
                ('challenge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='log', to='challenges.challenge')),
            ],
            options={
                'verbose_name': 'Schritt einer Challenge',
                'verbose_name_plural': 'Schritte von Challenges',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='challenge',
            constraint=models.CheckConstraint(condition=models.Q(('published_at__isnull', False), ('state__in', ['draft', 'in_review', 'cancelled']), _connector='OR'), name='challenge_published_has_date'),
        ),
        migrations.AddConstraint(
            model_name='challenge',
            constraint=models.CheckConstraint(condition=models.Q(('published_at', None), models.Q(('applications_from__isnull', False), ('applications_until__isnull', False), ('questions_from__isnull', False), ('questions_until__isnull', False)), _connector='OR'), name='challenge_published_has_deadlines', violation_error_message='Bitte nennen Sie alle Fristen.'),
        ),
        migrations.AddConstraint(
            model_name='challenge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('questions_from', None), ('applications_from', None), ('applications_from__gte', models.F('questions_from')), _connector='OR'), models.Q(('applications_from', None), ('applications_until', None), ('applications_until__gt', models.F('applications_from')), _connector='OR'), models.Q(('questions_until', None), ('applications_until', None), ('questions_until__lte', models.F('applications_until')), _connector='OR')), name='challenge_deadlines_in_order', violation_error_message='Die Fristen folgen aufeinander: Fragen ab, Bewerbungen ab, Fragen bis, Bewerbungen bis.'),
        ),
        migrations.AddConstraint(
            model_name='evaluationcriterion',
            constraint=models.CheckConstraint(condition=models.Q(('weight__gte', 1), ('weight__lte', 100)), name='criterion_weight_in_range'),
        ),
        migrations.AddConstraint(
            model_name='evaluationcriterion',
            constraint=models.UniqueConstraint(condition=models.Q(('is_price', True)), fields=('challenge',), name='criterion_of_price_once', violation_error_message='Den Preis bewertet nur ein Kriterium.'),
        ),
    ]
