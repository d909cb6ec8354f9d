import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('challenges', '0005_seal_log_only_grows'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Panel',
            fields=[
                ('challenge', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='panel', serialize=False, to='challenges.challenge')),
                ('spread', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(9)], verbose_name='Hervorheben, wenn Punkte um mehr auseinanderliegen als')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='Einzelbewertung geschlossen am')),
            ],
            options={
                'verbose_name': 'Bewertungsrunde',
                'verbose_name_plural': 'Bewertungsrunden',
            },
        ),
        migrations.CreateModel(
            name='PanelEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('invited', 'eingeladen'), ('chair', 'Vorsitz bestimmt'), ('declared', 'Interessenkonflikte erklärt'), ('locked', 'Bogen abgeschlossen'), ('closed', 'Einzelbewertung geschlossen'), ('agreed', 'Punkte gemeinsam festgestellt'), ('proposed', 'Entscheidung vorgeschlagen'), ('dismissed', 'Vorschlag zurückgegeben'), ('signed', 'Entscheidung gezeichnet')], max_length=20, verbose_name='Schritt')),
                ('at', models.DateTimeField(verbose_name='am')),
                ('note', models.TextField(blank=True, verbose_name='Anmerkung')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='durch')),
                ('challenge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='panel_log', to='challenges.challenge')),
            ],
            options={
                'verbose_name': 'Schritt der Bewertung',
                'verbose_name_plural': 'Schritte der Bewertung',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Reviewer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_chair', models.BooleanField(default=False, verbose_name='Vorsitz')),
                ('invited_at', models.DateTimeField(verbose_name='eingeladen am')),
                ('locked_at', models.DateTimeField(null=True, verbose_name='Bogen abgeschlossen am')),
                ('panel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviewers', to='challenges.panel')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to=settings.AUTH_USER_MODEL, verbose_name='Person')),
            ],
            options={
                'verbose_name': 'Gutachter:in',
                'verbose_name_plural': 'Gutachter:innen',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Declaration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('letter', models.CharField(max_length=3, verbose_name='Bezeichnung')),
                ('has_conflict', models.BooleanField(verbose_name='befangen')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='Worin der Konflikt liegt')),
                ('at', models.DateTimeField(verbose_name='erklärt am')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='challenges.application')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='declarations', to='challenges.reviewer')),
            ],
            options={
                'verbose_name': 'Erklärung zu Interessenkonflikten',
                'verbose_name_plural': 'Erklärungen zu Interessenkonflikten',
                'ordering': ['reviewer', 'letter'],
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('points', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(10)], verbose_name='Punkte')),
                ('reason', models.TextField(verbose_name='Begründung')),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='challenges.evaluationcriterion')),
                ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='challenges.declaration')),
            ],
            options={
                'verbose_name': 'Einzelbewertung',
                'verbose_name_plural': 'Einzelbewertungen',
                'ordering': ['declaration', 'criterion'],
            },
        ),
        migrations.CreateModel(
            name='AgreedScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('points', models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(10)], verbose_name='Punkte')),
                ('reason', models.TextField(verbose_name='Begründung')),
                ('at', models.DateTimeField(verbose_name='festgestellt am')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreed_scores', to='challenges.application')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Vorsitz')),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreed_scores', to='challenges.evaluationcriterion')),
            ],
            options={
                'verbose_name': 'gemeinsame Bewertung',
                'verbose_name_plural': 'gemeinsame Bewertungen',
                'ordering': ['application', 'criterion'],
                'constraints': [models.UniqueConstraint(fields=('application', 'criterion'), name='agreed_score_once'), models.CheckConstraint(condition=models.Q(('points__lte', 10)), name='agreed_score_points_in_range'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='agreed_score_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('challenge', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='decision', serialize=False, to='challenges.challenge')),
                ('reason', models.TextField(verbose_name='Begründung')),
                ('standstill_until', models.DateTimeField(null=True, verbose_name='Wartefrist bis')),
                ('proposed_at', models.DateTimeField(verbose_name='vorgeschlagen am')),
                ('signed_at', models.DateTimeField(null=True, verbose_name='gezeichnet am')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vorgeschlagen durch')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gezeichnet durch')),
                ('winner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='challenges.application', verbose_name='Zuschlag an')),
            ],
            options={
                'verbose_name': 'Entscheidung',
                'verbose_name_plural': 'Entscheidungen',
                'constraints': [models.CheckConstraint(condition=models.Q(('signed_by', None), models.Q(('signed_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='decision_takes_two'), models.CheckConstraint(condition=models.Q(models.Q(('signed_at', None), ('signed_by', None)), models.Q(('signed_at__isnull', False), ('signed_by__isnull', False)), _connector='OR'), name='decision_signed_by_somebody'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='decision_has_reason')],
            },
        ),
        migrations.AddConstraint(
            model_name='reviewer',
            constraint=models.UniqueConstraint(fields=('panel', 'user'), name='reviewer_once'),
        ),
        migrations.AddConstraint(
            model_name='reviewer',
            constraint=models.UniqueConstraint(condition=models.Q(('is_chair', True)), fields=('panel',), name='reviewer_one_chair'),
        ),
        migrations.AddConstraint(
            model_name='declaration',
            constraint=models.UniqueConstraint(fields=('reviewer', 'application'), name='declaration_once'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.UniqueConstraint(fields=('declaration', 'criterion'), name='score_once'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.CheckConstraint(condition=models.Q(('points__lte', 10)), name='score_points_in_range'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='score_has_reason'),
        ),
    ]
