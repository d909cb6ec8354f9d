import django.core.validators
import django.db.models.deletion
import pgvector.django.extensions
import pgvector.django.halfvec
import pgvector.django.indexes
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from profiles.schema import at_once


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('challenges', '0001_tables'),
        ('profiles', '0001_tables'),
        ('profiles', '__first__'),
    ]

    operations = [
        pgvector.django.extensions.VectorExtension(
        ),
        migrations.CreateModel(
            name='AccessibilityReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.CharField(blank=True, max_length=500, verbose_name='Adresse der Seite')),
                ('message', models.TextField(verbose_name='Was hat Sie gehindert?')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='E-Mail-Adresse für die Antwort')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='eingegangen am')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='beantwortet am')),
            ],
            options={
                'verbose_name': 'gemeldete Barriere',
                'verbose_name_plural': 'gemeldete Barrieren',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Matching',
            fields=[
                ('need', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='matching', serialize=False, to='challenges.need')),
                ('computed_at', models.DateTimeField(verbose_name='berechnet am')),
                ('uses_meaning', models.BooleanField(verbose_name='mit Bedeutung')),
            ],
            options={
                'verbose_name': 'Abgleich',
                'verbose_name_plural': 'Abgleiche',
            },
        ),
        migrations.CreateModel(
            name='Page',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, verbose_name='Adresse der Seite')),
                ('title_de', models.CharField(max_length=120, verbose_name='Titel (deutsch)')),
                ('title_en', models.CharField(blank=True, max_length=120, verbose_name='Titel (englisch)')),
                ('body_de', models.TextField(help_text='Markdown, ohne HTML', verbose_name='Text (deutsch)')),
                ('body_en', models.TextField(blank=True, help_text='Markdown, ohne HTML', verbose_name='Text (englisch)')),
                ('as_of', models.DateField(verbose_name='Stand')),
            ],
            options={
                'verbose_name': 'Seite',
                'verbose_name_plural': 'Seiten',
                'ordering': ['slug'],
            },
        ),
        migrations.CreateModel(
            name='Rhythm',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='rhythm', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('frequency', models.CharField(choices=[('instantly', 'sofort'), ('daily', 'höchstens einmal am Tag'), ('weekly', 'höchstens einmal in der Woche'), ('never', 'nie')], default='weekly', max_length=10, verbose_name='Wie oft?')),
                ('last_mail_at', models.DateTimeField(blank=True, null=True, verbose_name='letzte Mail am')),
            ],
            options={
                'verbose_name': 'Takt der Benachrichtigungen',
                'verbose_name_plural': 'Takte der Benachrichtigungen',
            },
        ),
        migrations.CreateModel(
            name='HistoricalPage',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('slug', models.SlugField(verbose_name='Adresse der Seite')),
                ('title_de', models.CharField(max_length=120, verbose_name='Titel (deutsch)')),
                ('title_en', models.CharField(blank=True, max_length=120, verbose_name='Titel (englisch)')),
                ('body_de', models.TextField(help_text='Markdown, ohne HTML', verbose_name='Text (deutsch)')),
                ('body_en', models.TextField(blank=True, help_text='Markdown, ohne HTML', verbose_name='Text (englisch)')),
                ('as_of', models.DateField(verbose_name='Stand')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical Seite',
                'verbose_name_plural': 'historical Seiten',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='NeedGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='Name')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='Rang')),
                ('field', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='group', to='challenges.fieldofaction', verbose_name='Handlungsfeld')),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='need_groups', to='challenges.needssurvey')),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='profiles.topic', verbose_name='Thema')),
            ],
            options={
                'verbose_name': 'Gruppe von Bedarfen',
                'verbose_name_plural': 'Gruppen von Bedarfen',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Outdated',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('solution', 'Lösung'), ('need', 'Bedarf')], max_length=10)),
                ('object_id', models.BigIntegerField()),
                ('changes', models.BigIntegerField(db_default=1)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id'), name='outdated_once')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(verbose_name='gewünscht am')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='fertig am')),
                ('is_failed', models.BooleanField(default=False, verbose_name='fehlgeschlagen')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='challenges.question')),
                ('survey', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='proposal', to='challenges.needssurvey')),
            ],
            options={
                'verbose_name': 'Vorschlag von Gruppen',
                'verbose_name_plural': 'Vorschläge von Gruppen',
            },
        ),
        migrations.CreateModel(
            name='ShortlistEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='Titel beim Vormerken')),
                ('provider_name', models.CharField(max_length=200, verbose_name='Anbieter beim Vormerken')),
                ('state', models.CharField(choices=[('look_closer', 'näher ansehen'), ('contacted', 'angefragt'), ('out', 'ausgeschieden')], default='look_closer', max_length=20, verbose_name='Stand')),
                ('reason', models.TextField(blank=True, verbose_name='Grund')),
                ('added_at', models.DateTimeField(verbose_name='vorgemerkt am')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='Fassung')),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vorgemerkt von')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shortlist', to='profiles.organisation', verbose_name='Organisation')),
                ('solution', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='shortlist_entries', to='profiles.solution', verbose_name='Lösung')),
            ],
            options={
                'verbose_name': 'Eintrag der Merkliste',
                'verbose_name_plural': 'Einträge der Merkliste',
                'ordering': ['added_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'solution'), name='shortlist_once_per_organisation', violation_error_message='Diese Lösung steht schon auf der Merkliste.'), models.CheckConstraint(condition=models.Q(('state', 'out'), ('reason', ''), _connector='XOR'), name='shortlist_out_has_reason', violation_error_message='Bitte nennen Sie den Grund des Ausscheidens.')],
            },
        ),
        migrations.CreateModel(
            name='ShortlistChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('look_closer', 'näher ansehen'), ('contacted', 'angefragt'), ('out', 'ausgeschieden')], max_length=20, verbose_name='Stand')),
                ('reason', models.TextField(blank=True, verbose_name='Grund')),
                ('changed_at', models.DateTimeField(verbose_name='am')),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='von')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='marketplace.shortlistentry')),
            ],
            options={
                'verbose_name': 'Änderung der Merkliste',
                'verbose_name_plural': 'Änderungen der Merkliste',
                'ordering': ['-changed_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='Notiz')),
                ('written_at', models.DateTimeField(verbose_name='am')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='von')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='marketplace.shortlistentry')),
            ],
            options={
                'verbose_name': 'Notiz der Merkliste',
                'verbose_name_plural': 'Notizen der Merkliste',
                'ordering': ['written_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SolutionVector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model', models.CharField(max_length=100)),
                ('text_hash', models.CharField(max_length=64)),
                ('vector', pgvector.django.halfvec.HalfVectorField(dimensions=384)),
                ('solution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vectors', to='profiles.solution')),
                ('second', pgvector.django.halfvec.HalfVectorField(dimensions=512, null=True)),
            ],
            options={
                'indexes': [pgvector.django.indexes.HnswIndex(ef_construction=64, fields=['vector'], m=16, name='solution_vector_hnsw', opclasses=['halfvec_cosine_ops'])],
                'constraints': [models.UniqueConstraint(fields=('solution', 'model'), name='solution_vector_once')],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('closeness', models.FloatField(default=0.0, verbose_name='Nähe zur Mitte der Gruppe')),
                ('answer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='statement', to='challenges.answer')),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='statements', to='marketplace.needgroup')),
            ],
            options={
                'verbose_name': 'Aussage',
                'verbose_name_plural': 'Aussagen',
            },
        ),
        migrations.CreateModel(
            name='TopicVector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model', models.CharField(max_length=100)),
                ('text_hash', models.CharField(max_length=64)),
                ('vector', pgvector.django.halfvec.HalfVectorField(dimensions=384)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vectors', to='profiles.topic')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('topic', 'model'), name='topic_vector_once')],
            },
        ),
        migrations.CreateModel(
            name='Watch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('need', 'Bedarf'), ('offers', 'eigene Lösungen'), ('search', 'Suche')], max_length=10, verbose_name='Art')),
                ('name', models.CharField(blank=True, max_length=100, verbose_name='Name der Suche')),
                ('query', models.CharField(blank=True, max_length=2000, verbose_name='Filter')),
                ('is_on', models.BooleanField(default=True, verbose_name='eingeschaltet')),
                ('created_at', models.DateTimeField(verbose_name='angelegt am')),
                ('need', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='watches', to='challenges.need')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='watches', to='profiles.organisation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='watches', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'Benachrichtigung',
                'verbose_name_plural': 'Benachrichtigungen',
                'ordering': ['created_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('user', 'kind', 'query', 'need', 'organisation'), name='watch_once', nulls_distinct=False, violation_error_message='Diese Suche haben Sie schon gemerkt.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'search'), ('need', None), ('organisation', None), models.Q(('query', ''), _negated=True)), models.Q(('kind', 'need'), ('need__isnull', False), ('organisation', None), ('query', '')), models.Q(('kind', 'offers'), ('need', None), ('organisation__isnull', False), ('query', '')), _connector='OR'), name='watch_about_one_thing')],
            },
        ),
        migrations.CreateModel(
            name='News',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('found_at', models.DateTimeField(verbose_name='gefunden am')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='erledigt am')),
                ('need', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='challenges.need')),
                ('solution', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='profiles.solution')),
                ('watch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='news', to='marketplace.watch')),
            ],
            options={
                'verbose_name': 'Neuigkeit',
                'verbose_name_plural': 'Neuigkeiten',
                'ordering': ['found_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['watch'], name='news_pending')],
                'constraints': [models.UniqueConstraint(fields=('watch', 'solution', 'need'), name='news_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('solution', None), ('need', None), _connector='XOR'), name='news_solution_or_need')],
            },
        ),
        migrations.CreateModel(
            name='Weights',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meaning', models.FloatField(default=0.49, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Bedeutung')),
                ('words', models.FloatField(default=0.13, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Wörter')),
                ('field', models.FloatField(default=0.2, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Themenprofil')),
                ('topics', models.FloatField(default=0.07, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Gemeinsame Themen')),
                ('phase', models.FloatField(default=0.02, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Reife')),
                ('evidence', models.FloatField(default=0.04, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Belege')),
                ('standards', models.FloatField(default=0.03, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Gewünschte Standards')),
                ('price', models.FloatField(default=0.01, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Preis')),
                ('freshness', models.FloatField(default=0.01, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Aktualität')),
                ('reason', models.CharField(max_length=200, verbose_name='Grund der Änderung')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='angelegt am')),
                ('measured_at', models.DateTimeField(editable=False, null=True, verbose_name='gemessen am')),
                ('figures', models.JSONField(default=dict, editable=False, verbose_name='Messwerte')),
                ('is_active', models.BooleanField(default=False, editable=False, verbose_name='in Kraft')),
                ('activated_at', models.DateTimeField(editable=False, null=True, verbose_name='in Kraft seit')),
            ],
            options={
                'verbose_name': 'Gewichte',
                'verbose_name_plural': 'Gewichte',
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_active', True)), fields=('is_active',), name='weights_one_in_force'), models.CheckConstraint(condition=models.Q(('is_active', False), ('measured_at__isnull', False), _connector='OR'), name='weights_measured_before_in_force', violation_error_message='Nur gemessene Gewichte können in Kraft treten.')],
            },
        ),
        migrations.CreateModel(
            name='Match',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='Rang')),
                ('score', models.FloatField(verbose_name='Punkte')),
                ('parts', models.JSONField(verbose_name='Teile')),
                ('facts', models.JSONField(verbose_name='Tatsachen')),
                ('violations', models.JSONField(default=list, verbose_name='verletzte Anforderungen')),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='matches', to='challenges.need')),
                ('solution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='matches', to='profiles.solution')),
            ],
            options={
                'verbose_name': 'Treffer',
                'verbose_name_plural': 'Treffer',
                'constraints': [models.UniqueConstraint(fields=('need', 'solution'), name='match_once')],
            },
        ),
        migrations.CreateModel(
            name='NeedVector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model', models.CharField(max_length=100)),
                ('text_hash', models.CharField(max_length=64)),
                ('vector', pgvector.django.halfvec.HalfVectorField(dimensions=384)),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vectors', to='challenges.need')),
                ('second', pgvector.django.halfvec.HalfVectorField(dimensions=512, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('need', 'model'), name='need_vector_once')],
            },
        ),
        migrations.CreateModel(
            name='Rejection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('topic', 'Es geht um etwas anderes'), ('function', 'Eine wichtige Funktion fehlt'), ('size', 'Nicht für Kommunen unserer Größe'), ('price', 'Zu teuer'), ('technology', 'Passt nicht zu unserer Technik'), ('known', 'Kennen oder haben wir schon'), ('other', 'Ein anderer Grund')], max_length=20, verbose_name='Warum passt die Lösung nicht?')),
                ('text', models.TextField(blank=True, max_length=2000, verbose_name='In Ihren Worten')),
                ('position', models.PositiveSmallIntegerField(null=True, verbose_name='Rang')),
                ('score', models.FloatField(null=True, verbose_name='Punkte')),
                ('at', models.DateTimeField(verbose_name='am')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='von')),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rejections', to='challenges.need', verbose_name='Bedarf')),
                ('solution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rejections', to='profiles.solution', verbose_name='Lösung')),
            ],
            options={
                'verbose_name': 'Rückmeldung zu einem Treffer',
                'verbose_name_plural': 'Rückmeldungen zu Treffern',
                'ordering': ['-at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('need', 'solution'), name='rejection_once'), models.CheckConstraint(condition=models.Q(models.Q(('reason', 'other'), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='rejection_other_has_text', violation_error_message='Bitte nennen Sie den Grund in Ihren Worten.')],
            },
        ),
    ]
    operations = list(at_once(operations))
