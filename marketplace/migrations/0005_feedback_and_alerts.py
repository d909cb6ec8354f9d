import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('challenges', '0001_initial'),
        ('marketplace', '0004_outdated_triggers'),
        ('profiles', '0011_solution_changes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
        migrations.AddConstraint(
            model_name='watch',
            constraint=models.UniqueConstraint(fields=('user', 'kind', 'query', 'need', 'organisation'), name='watch_once', nulls_distinct=False, violation_error_message='Diese Suche haben Sie schon gemerkt.'),
        ),
        migrations.AddConstraint(
            model_name='watch',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'search'), ('need', None), ('organisation', None), models.Q(('query', ''), _negated=True)), models.Q(('kind', 'need'), ('need__isnull', False), ('organisation', None), ('query', '')), models.Q(('kind', 'offers'), ('need', None), ('organisation__isnull', False), ('query', '')), _connector='OR'), name='watch_about_one_thing'),
        ),
        migrations.AddIndex(
            model_name='news',
            index=models.Index(condition=models.Q(('settled_at', None)), fields=['watch'], name='news_pending'),
        ),
        migrations.AddConstraint(
            model_name='news',
            constraint=models.UniqueConstraint(fields=('watch', 'solution', 'need'), name='news_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='news',
            constraint=models.CheckConstraint(condition=models.Q(('solution', None), ('need', None), _connector='XOR'), name='news_solution_or_need'),
        ),
    ]
