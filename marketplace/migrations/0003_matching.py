import django.core.validators
import django.db.models.deletion
import pgvector.django.halfvec
import pgvector.django.indexes
from django.db import migrations, models
from pgvector.django import VectorExtension


class Migration(migrations.Migration):

    dependencies = [
        ('challenges', '0001_initial'),
        ('marketplace', '0002_shortlists'),
        ('profiles', '0004_members_and_verification'),
    ]

    operations = [
        VectorExtension(),
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
            name='Weights',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('meaning', models.FloatField(default=0.48, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Bedeutung')),
                ('words', models.FloatField(default=0.15, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Wörter')),
                ('field', models.FloatField(default=0.15, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Themenprofil')),
                ('topics', models.FloatField(default=0.08, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Gemeinsame Themen')),
                ('phase', models.FloatField(default=0.02, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Reife')),
                ('evidence', models.FloatField(default=0.05, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Belege')),
                ('standards', models.FloatField(default=0.03, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Gewünschte Standards')),
                ('price', models.FloatField(default=0.02, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Preis')),
                ('freshness', models.FloatField(default=0.02, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Aktualität')),
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
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('need', 'model'), name='need_vector_once')],
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
            ],
            options={
                'indexes': [pgvector.django.indexes.HnswIndex(ef_construction=64, fields=['vector'], m=16, name='solution_vector_hnsw', opclasses=['halfvec_cosine_ops'])],
                'constraints': [models.UniqueConstraint(fields=('solution', 'model'), name='solution_vector_once')],
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
    ]
