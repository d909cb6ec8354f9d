import django.contrib.postgres.fields
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('profiles', '0004_members_and_verification'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalNeed',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='Worum geht es?')),
                ('problem', models.TextField(blank=True, verbose_name='Was ist das Problem?')),
                ('hosting', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('germany', 'Rechenzentrum in Deutschland'), ('on_premise', 'eigenes Rechenzentrum der Kommune'), ('eu', 'Rechenzentrum in der EU'), ('non_eu', 'außerhalb der EU')], max_length=20), blank=True, default=list, size=None, verbose_name='Betrieb: was in Frage kommt')),
                ('licence', models.CharField(blank=True, choices=[('open_source', 'Open Source'), ('proprietary', 'proprietär')], max_length=20, verbose_name='Lizenz')),
                ('max_budget_eur', models.PositiveIntegerField(blank=True, null=True, verbose_name='Budget (Euro je Jahr, netto)')),
                ('min_phase', models.CharField(blank=True, choices=[('P1', 'P1 Ideenfindung'), ('P2', 'P2 Prototyp'), ('P3', 'P3 Pilot'), ('P4', 'P4 Vertikale Skalierung'), ('P5', 'P5 Horizontale Skalierung')], max_length=2, verbose_name='Mindestens in Phase')),
                ('wishes', models.TextField(blank=True, verbose_name='Weitere Wünsche')),
                ('time_frame', models.CharField(blank=True, choices=[('now', 'so bald wie möglich'), ('half_year', 'in den nächsten sechs Monaten'), ('year', 'in den nächsten zwölf Monaten'), ('later', 'später')], max_length=10, verbose_name='Wann?')),
                ('visibility', models.CharField(choices=[('private', 'nur meine Organisation'), ('agencies', 'auch die Landesbehörde meines Bundeslandes'), ('public', 'öffentlich')], default='private', max_length=10, verbose_name='Wer darf den Bedarf sehen?')),
                ('is_named', models.BooleanField(default=False, verbose_name='mit Namen der Organisation')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='Bis wann soll das geklärt sein?')),
                ('state', models.CharField(choices=[('draft', 'Entwurf'), ('open', 'offen'), ('served', 'gedeckt'), ('in_challenge', 'in einer Challenge'), ('no_offer', 'kein Angebot gefunden'), ('withdrawn', 'zurückgezogen')], default='draft', max_length=20, verbose_name='Stand')),
                ('outcome', models.TextField(blank=True, verbose_name='Was daraus wurde')),
                ('created_at', models.DateTimeField(verbose_name='angelegt am')),
                ('released_at', models.DateTimeField(blank=True, null=True, verbose_name='eingestellt am')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='beendet am')),
                ('updated_at', models.DateTimeField(blank=True, editable=False, verbose_name='geändert am')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='Fassung')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='profiles.organisation', verbose_name='Organisation')),
                ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Wer kümmert sich?')),
                ('served_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='profiles.solution', verbose_name='gedeckt durch')),
            ],
            options={
                'verbose_name': 'historical Bedarf',
                'verbose_name_plural': 'historical Bedarfe',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='Worum geht es?')),
                ('problem', models.TextField(blank=True, verbose_name='Was ist das Problem?')),
                ('hosting', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('germany', 'Rechenzentrum in Deutschland'), ('on_premise', 'eigenes Rechenzentrum der Kommune'), ('eu', 'Rechenzentrum in der EU'), ('non_eu', 'außerhalb der EU')], max_length=20), blank=True, default=list, size=None, verbose_name='Betrieb: was in Frage kommt')),
                ('licence', models.CharField(blank=True, choices=[('open_source', 'Open Source'), ('proprietary', 'proprietär')], max_length=20, verbose_name='Lizenz')),
                ('max_budget_eur', models.PositiveIntegerField(blank=True, null=True, verbose_name='Budget (Euro je Jahr, netto)')),
                ('min_phase', models.CharField(blank=True, choices=[('P1', 'P1 Ideenfindung'), ('P2', 'P2 Prototyp'), ('P3', 'P3 Pilot'), ('P4', 'P4 Vertikale Skalierung'), ('P5', 'P5 Horizontale Skalierung')], max_length=2, verbose_name='Mindestens in Phase')),
                ('wishes', models.TextField(blank=True, verbose_name='Weitere Wünsche')),
                ('time_frame', models.CharField(blank=True, choices=[('now', 'so bald wie möglich'), ('half_year', 'in den nächsten sechs Monaten'), ('year', 'in den nächsten zwölf Monaten'), ('later', 'später')], max_length=10, verbose_name='Wann?')),
                ('visibility', models.CharField(choices=[('private', 'nur meine Organisation'), ('agencies', 'auch die Landesbehörde meines Bundeslandes'), ('public', 'öffentlich')], default='private', max_length=10, verbose_name='Wer darf den Bedarf sehen?')),
                ('is_named', models.BooleanField(default=False, verbose_name='mit Namen der Organisation')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='Bis wann soll das geklärt sein?')),
                ('state', models.CharField(choices=[('draft', 'Entwurf'), ('open', 'offen'), ('served', 'gedeckt'), ('in_challenge', 'in einer Challenge'), ('no_offer', 'kein Angebot gefunden'), ('withdrawn', 'zurückgezogen')], default='draft', max_length=20, verbose_name='Stand')),
                ('outcome', models.TextField(blank=True, verbose_name='Was daraus wurde')),
                ('created_at', models.DateTimeField(verbose_name='angelegt am')),
                ('released_at', models.DateTimeField(blank=True, null=True, verbose_name='eingestellt am')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='beendet am')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='geändert am')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='Fassung')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='profiles.organisation', verbose_name='Organisation')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='needs', to=settings.AUTH_USER_MODEL, verbose_name='Wer kümmert sich?')),
                ('served_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='served_needs', to='profiles.solution', verbose_name='gedeckt durch')),
                ('standards', models.ManyToManyField(blank=True, related_name='needs', to='profiles.standard', verbose_name='Verlangte Standards')),
                ('topics', models.ManyToManyField(blank=True, related_name='needs', to='profiles.topic', verbose_name='Themen')),
                ('wished_standards', models.ManyToManyField(blank=True, related_name='wished_by', to='profiles.standard', verbose_name='Gewünschte Standards')),
            ],
            options={
                'verbose_name': 'Bedarf',
                'verbose_name_plural': 'Bedarfe',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalNeed_wished_standards',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('m2m_history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='challenges.historicalneed')),
                ('standard', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='profiles.standard')),
                ('need', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='challenges.need')),
            ],
            options={
                'verbose_name': 'HistoricalNeed_wished_standards',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalNeed_topics',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('m2m_history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='challenges.historicalneed')),
                ('topic', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='profiles.topic')),
                ('need', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='challenges.need')),
            ],
            options={
                'verbose_name': 'HistoricalNeed_topics',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalNeed_standards',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('m2m_history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='challenges.historicalneed')),
                ('standard', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='profiles.standard')),
                ('need', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='challenges.need')),
            ],
            options={
                'verbose_name': 'HistoricalNeed_standards',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__isnull', False), models.Q(('state__in', ['served', 'in_challenge', 'no_offer', 'withdrawn']), _negated=True), _connector='XOR'), name='need_ended_has_date', violation_error_message='Zu einem Ende gehört das Datum.'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(('served_by', None), ('state', 'served'), _connector='OR'), name='need_served_by_only_when_served', violation_error_message='Eine Lösung gehört nur zu einem gedeckten Bedarf.'),
        ),
    ]
