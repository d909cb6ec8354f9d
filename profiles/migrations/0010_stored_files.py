import django.db.models.constraints
import django.db.models.deletion
import profiles.files.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('profiles', '0009_solution_drafts'),
    ]

    operations = [
        migrations.CreateModel(
            name='SolutionFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('screenshot', 'Bild'), ('document', 'Dokument'), ('evidence', 'Nachweis')], max_length=10, verbose_name='Art')),
                ('alt_text', models.CharField(blank=True, max_length=250, verbose_name='Was auf dem Bild zu sehen ist')),
                ('position', models.PositiveSmallIntegerField(verbose_name='Reihenfolge')),
            ],
            options={
                'verbose_name': 'Datei einer Lösung',
                'verbose_name_plural': 'Dateien einer Lösung',
                'ordering': ['kind', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('screenshot', 'Bild'), ('document', 'Dokument'), ('evidence', 'Nachweis')], max_length=10, verbose_name='Art')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('file', models.FileField(max_length=60, unique=True, upload_to=profiles.files.models.random_path, verbose_name='Datei')),
                ('content_type', models.CharField(max_length=100, verbose_name='Format')),
                ('size', models.PositiveIntegerField(verbose_name='Größe in Byte')),
                ('sha256', models.CharField(max_length=64, verbose_name='Prüfsumme (SHA-256)')),
                ('width', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Breite')),
                ('height', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Höhe')),
                ('is_public', models.BooleanField(default=False, verbose_name='öffentlich')),
                ('uploaded_at', models.DateTimeField(verbose_name='hochgeladen am')),
            ],
            options={
                'verbose_name': 'Datei',
                'verbose_name_plural': 'Dateien',
                'ordering': ['-uploaded_at', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='historicalsolution',
            name='repository_url',
            field=models.URLField(blank=True, help_text='Wo der Quelltext liegt; nur bei Open Source.', verbose_name='Quelltext'),
        ),
        migrations.AddField(
            model_name='historicalsolution',
            name='spdx_licence',
            field=models.CharField(blank=True, help_text='Kürzel nach SPDX, zum Beispiel EUPL-1.2; nur bei Open Source.', max_length=100, verbose_name='Name der Lizenz'),
        ),
        migrations.AddField(
            model_name='solution',
            name='repository_url',
            field=models.URLField(blank=True, help_text='Wo der Quelltext liegt; nur bei Open Source.', verbose_name='Quelltext'),
        ),
        migrations.AddField(
            model_name='solution',
            name='spdx_licence',
            field=models.CharField(blank=True, help_text='Kürzel nach SPDX, zum Beispiel EUPL-1.2; nur bei Open Source.', max_length=100, verbose_name='Name der Lizenz'),
        ),
        migrations.AddConstraint(
            model_name='solution',
            constraint=models.CheckConstraint(condition=models.Q(('licence', 'open_source'), models.Q(('repository_url', ''), ('spdx_licence', '')), _connector='OR'), name='solution_code_of_open_source', violation_error_message='Lizenzkürzel und Quelltext gehören nur zu Open Source.'),
        ),
        migrations.AddField(
            model_name='solutionfile',
            name='solution',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='profiles.solution'),
        ),
        migrations.AddField(
            model_name='storedfile',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='profiles.organisation', verbose_name='Organisation'),
        ),
        migrations.AddField(
            model_name='storedfile',
            name='uploaded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='hochgeladen von'),
        ),
        migrations.AddField(
            model_name='solutionfile',
            name='file',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='solution_file', to='profiles.storedfile'),
        ),
        migrations.AddField(
            model_name='historicalstandardclaim',
            name='evidence_file',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='profiles.storedfile', verbose_name='Nachweis als Datei'),
        ),
        migrations.AddField(
            model_name='standardclaim',
            name='evidence_file',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='claims', to='profiles.storedfile', verbose_name='Nachweis als Datei'),
        ),
        migrations.AddConstraint(
            model_name='storedfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'evidence'), _negated=True), ('is_public', False), _connector='OR'), name='stored_file_evidence_is_private', violation_error_message='Nachweise sind nicht öffentlich.'),
        ),
        migrations.AddConstraint(
            model_name='storedfile',
            constraint=models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='stored_file_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='solutionfile',
            constraint=models.CheckConstraint(condition=models.Q(('position__lt', 6)), name='solution_file_not_too_many'),
        ),
        migrations.AddConstraint(
            model_name='solutionfile',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('solution', 'kind', 'position'), name='solution_file_position_once'),
        ),
        migrations.AddConstraint(
            model_name='solutionfile',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'screenshot'), ('alt_text', ''), _connector='XOR'), name='solution_file_alt_text_of_pictures', violation_error_message='Zu einem Bild gehört, was darauf zu sehen ist.'),
        ),
        migrations.AddConstraint(
            model_name='solutionfile',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['screenshot', 'document'])), name='solution_file_kind_is_public'),
        ),
    ]
