import django.contrib.postgres.fields
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Catalogue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True, verbose_name='Fassung')),
                ('title', models.CharField(max_length=200, verbose_name='Titel')),
                ('state', models.CharField(choices=[('draft', 'Entwurf'), ('published', 'gültig'), ('retired', 'abgelöst')], default='draft', max_length=10, verbose_name='Stand')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='Quelle')),
                ('note', models.TextField(blank=True, verbose_name='Hinweis für Redakteur:innen')),
                ('imported_at', models.DateTimeField(verbose_name='eingelesen am')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='veröffentlicht am')),
                ('based_on', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='successors', to='criteria.catalogue', verbose_name='hervorgegangen aus')),
            ],
            options={
                'verbose_name': 'Fassung des Katalogs',
                'verbose_name_plural': 'Fassungen des Katalogs',
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='Criterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=80, verbose_name='Schlüssel')),
                ('number', models.PositiveSmallIntegerField(verbose_name='Nummer')),
                ('title_de', models.CharField(max_length=200, verbose_name='Titel (deutsch)')),
                ('title_en', models.CharField(blank=True, max_length=200, verbose_name='Titel (englisch)')),
                ('title_source', models.CharField(choices=[('given', 'steht in der Quelle'), ('relation', 'aus den Beziehungen anderer Kriterien erschlossen'), ('coined', 'von uns gebildet'), ('missing', 'fehlt')], default='given', max_length=10, verbose_name='Herkunft des Titels')),
                ('title_confidence', models.CharField(choices=[('high', 'sicher'), ('medium', 'wahrscheinlich'), ('coined', 'von uns gebildet'), ('none', 'unbekannt')], default='high', max_length=10, verbose_name='Sicherheit des Titels')),
                ('title_note', models.TextField(blank=True, verbose_name='Hinweis zum Titel')),
                ('phase', models.CharField(choices=[('P1', 'P1 Ideenfindung'), ('P2', 'P2 Prototyp'), ('P3', 'P3 Pilot'), ('P4', 'P4 Vertikale Skalierung'), ('P5', 'P5 Horizontale Skalierung'), ('CONT', 'Durchgehend')], max_length=4, verbose_name='(ab) Phase')),
                ('related_unresolved', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None, verbose_name='verwandte Titel ohne eigenes Kriterium')),
                ('summary_de', models.TextField(blank=True, verbose_name='Worum geht es? (deutsch)')),
                ('summary_en', models.TextField(blank=True, verbose_name='Worum geht es? (englisch)')),
                ('guiding_questions_de', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, size=None, verbose_name='Leitfragen')),
                ('evidence_de', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None, verbose_name='Nachweise')),
                ('examples', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None, verbose_name='im Text genannte Beispiele')),
                ('milestone', models.CharField(blank=True, default='', max_length=120, verbose_name='Meilenstein nach der Quelle')),
                ('milestone_candidate', models.CharField(blank=True, default='', max_length=120, verbose_name='Meilenstein nach unserer Einschätzung')),
                ('source_truncated', models.CharField(blank=True, default='', max_length=200, verbose_name='Lücke der Quelle')),
                ('source_title', models.CharField(blank=True, default='', max_length=200, verbose_name='Titel in der Quelle, wo er abweicht')),
                ('source_texts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, editable=False, size=None, verbose_name='Textspalten, die in der Quelle gefüllt sind')),
                ('source_digest', models.CharField(blank=True, default='', editable=False, max_length=64, verbose_name='Prüfsumme des Quelltextes')),
                ('catalogue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='criteria.catalogue', verbose_name='Fassung')),
                ('related', models.ManyToManyField(blank=True, related_name='related_by', to='criteria.criterion', verbose_name='verwandte Kriterien')),
            ],
            options={
                'verbose_name': 'Kriterium',
                'verbose_name_plural': 'Kriterien',
                'ordering': ['number', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='HistoricalCatalogue',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('number', models.PositiveIntegerField(db_index=True, verbose_name='Fassung')),
                ('title', models.CharField(max_length=200, verbose_name='Titel')),
                ('state', models.CharField(choices=[('draft', 'Entwurf'), ('published', 'gültig'), ('retired', 'abgelöst')], default='draft', max_length=10, verbose_name='Stand')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='Quelle')),
                ('note', models.TextField(blank=True, verbose_name='Hinweis für Redakteur:innen')),
                ('imported_at', models.DateTimeField(verbose_name='eingelesen am')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='veröffentlicht am')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('based_on', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='criteria.catalogue', verbose_name='hervorgegangen aus')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical Fassung des Katalogs',
                'verbose_name_plural': 'historical Fassungen des Katalogs',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalCriterion',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('key', models.SlugField(max_length=80, verbose_name='Schlüssel')),
                ('number', models.PositiveSmallIntegerField(verbose_name='Nummer')),
                ('title_de', models.CharField(max_length=200, verbose_name='Titel (deutsch)')),
                ('title_en', models.CharField(blank=True, max_length=200, verbose_name='Titel (englisch)')),
                ('title_source', models.CharField(choices=[('given', 'steht in der Quelle'), ('relation', 'aus den Beziehungen anderer Kriterien erschlossen'), ('coined', 'von uns gebildet'), ('missing', 'fehlt')], default='given', max_length=10, verbose_name='Herkunft des Titels')),
                ('title_confidence', models.CharField(choices=[('high', 'sicher'), ('medium', 'wahrscheinlich'), ('coined', 'von uns gebildet'), ('none', 'unbekannt')], default='high', max_length=10, verbose_name='Sicherheit des Titels')),
                ('title_note', models.TextField(blank=True, verbose_name='Hinweis zum Titel')),
                ('phase', models.CharField(choices=[('P1', 'P1 Ideenfindung'), ('P2', 'P2 Prototyp'), ('P3', 'P3 Pilot'), ('P4', 'P4 Vertikale Skalierung'), ('P5', 'P5 Horizontale Skalierung'), ('CONT', 'Durchgehend')], max_length=4, verbose_name='(ab) Phase')),
                ('related_unresolved', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None, verbose_name='verwandte Titel ohne eigenes Kriterium')),
                ('summary_de', models.TextField(blank=True, verbose_name='Worum geht es? (deutsch)')),
                ('summary_en', models.TextField(blank=True, verbose_name='Worum geht es? (englisch)')),
                ('guiding_questions_de', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, size=None, verbose_name='Leitfragen')),
                ('evidence_de', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None, verbose_name='Nachweise')),
                ('examples', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None, verbose_name='im Text genannte Beispiele')),
                ('milestone', models.CharField(blank=True, default='', max_length=120, verbose_name='Meilenstein nach der Quelle')),
                ('milestone_candidate', models.CharField(blank=True, default='', max_length=120, verbose_name='Meilenstein nach unserer Einschätzung')),
                ('source_truncated', models.CharField(blank=True, default='', max_length=200, verbose_name='Lücke der Quelle')),
                ('source_title', models.CharField(blank=True, default='', max_length=200, verbose_name='Titel in der Quelle, wo er abweicht')),
                ('source_texts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, editable=False, size=None, verbose_name='Textspalten, die in der Quelle gefüllt sind')),
                ('source_digest', models.CharField(blank=True, default='', editable=False, max_length=64, verbose_name='Prüfsumme des Quelltextes')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('catalogue', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='criteria.catalogue', verbose_name='Fassung')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical Kriterium',
                'verbose_name_plural': 'historical Kriterien',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalCriterion_related',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('m2m_history_id', models.AutoField(primary_key=True, serialize=False)),
                ('from_criterion', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='criteria.criterion')),
                ('history', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='criteria.historicalcriterion')),
                ('to_criterion', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='criteria.criterion')),
            ],
            options={
                'verbose_name': 'HistoricalCriterion_related',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalTerm',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('name_de', models.CharField(max_length=200, verbose_name='Name (deutsch)')),
                ('name_en', models.CharField(blank=True, max_length=200, verbose_name='Name (englisch)')),
                ('kind', models.CharField(choices=[('sub_phase', 'Unterphase'), ('workstream', 'Arbeitsbereich'), ('stakeholder', 'Beteiligte'), ('scaling_driver', 'Treiber der Skalierung'), ('sub_driver', 'Einzelner Treiber'), ('mechanism_category', 'Gruppe von Maßnahmen'), ('mechanism', 'Maßnahme'), ('operator_model', 'Betreibermodell'), ('good_practice', 'Gutes Beispiel'), ('open_title', 'Titel ohne eigenes Kriterium')], max_length=20, verbose_name='Art')),
                ('key', models.SlugField(max_length=60, verbose_name='Schlüssel')),
                ('group', models.CharField(blank=True, help_text='Bei Unterphasen die Phase, bei Betreibermodellen die Art des Modells.', max_length=20, verbose_name='Gruppe')),
                ('label', models.CharField(blank=True, help_text='So steht der Wert in der Datei, aus der eingelesen wird.', max_length=200, verbose_name='Schreibweise im Export')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='Reihenfolge')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical Begriff des Katalogs',
                'verbose_name_plural': 'historical Begriffe des Katalogs',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_de', models.CharField(max_length=200, verbose_name='Name (deutsch)')),
                ('name_en', models.CharField(blank=True, max_length=200, verbose_name='Name (englisch)')),
                ('kind', models.CharField(choices=[('sub_phase', 'Unterphase'), ('workstream', 'Arbeitsbereich'), ('stakeholder', 'Beteiligte'), ('scaling_driver', 'Treiber der Skalierung'), ('sub_driver', 'Einzelner Treiber'), ('mechanism_category', 'Gruppe von Maßnahmen'), ('mechanism', 'Maßnahme'), ('operator_model', 'Betreibermodell'), ('good_practice', 'Gutes Beispiel'), ('open_title', 'Titel ohne eigenes Kriterium')], max_length=20, verbose_name='Art')),
                ('key', models.SlugField(max_length=60, verbose_name='Schlüssel')),
                ('group', models.CharField(blank=True, help_text='Bei Unterphasen die Phase, bei Betreibermodellen die Art des Modells.', max_length=20, verbose_name='Gruppe')),
                ('label', models.CharField(blank=True, help_text='So steht der Wert in der Datei, aus der eingelesen wird.', max_length=200, verbose_name='Schreibweise im Export')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='Reihenfolge')),
            ],
            options={
                'verbose_name': 'Begriff des Katalogs',
                'verbose_name_plural': 'Begriffe des Katalogs',
                'ordering': ['kind', 'position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='term_key_once_per_kind', violation_error_message='Diesen Schlüssel gibt es in dieser Art schon.')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalCriterion_terms',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('m2m_history_id', models.AutoField(primary_key=True, serialize=False)),
                ('criterion', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='criteria.criterion')),
                ('history', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='criteria.historicalcriterion')),
                ('term', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='criteria.term')),
            ],
            options={
                'verbose_name': 'HistoricalCriterion_terms',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name='historicalcriterion',
            name='scaling_driver',
            field=models.ForeignKey(blank=True, db_constraint=False, limit_choices_to={'kind': 'scaling_driver'}, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='criteria.term', verbose_name='Treiber der Skalierung'),
        ),
        migrations.AddField(
            model_name='criterion',
            name='scaling_driver',
            field=models.ForeignKey(limit_choices_to={'kind': 'scaling_driver'}, on_delete=django.db.models.deletion.PROTECT, related_name='driven_criteria', to='criteria.term', verbose_name='Treiber der Skalierung'),
        ),
        migrations.AddField(
            model_name='criterion',
            name='terms',
            field=models.ManyToManyField(blank=True, related_name='criteria', to='criteria.term', verbose_name='Begriffe'),
        ),
        migrations.AddConstraint(
            model_name='catalogue',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('state',), name='catalogue_one_published', violation_error_message='Es gilt schon eine andere Fassung.'),
        ),
        migrations.AddConstraint(
            model_name='catalogue',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), ('published_at__isnull', False), _connector='XOR'), name='catalogue_released_has_date', violation_error_message='Zu einer veröffentlichten Fassung gehört das Datum.'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.UniqueConstraint(fields=('catalogue', 'key'), name='criterion_key_once_per_catalogue', violation_error_message='Diesen Schlüssel gibt es in dieser Fassung schon.'),
        ),
        migrations.AddConstraint(
            model_name='criterion',
            constraint=models.UniqueConstraint(fields=('catalogue', 'number'), name='criterion_number_once_per_catalogue', violation_error_message='Diese Nummer gibt es in dieser Fassung schon.'),
        ),
    ]
