
import django.core.validators
import pgvector.django.halfvec
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('marketplace', '0003_met_phases_outdated'),
    ]

    operations = [
        migrations.AddField(
            model_name='needvector',
            name='second',
            field=pgvector.django.halfvec.HalfVectorField(dimensions=512, null=True),
        ),
        migrations.AddField(
            model_name='solutionvector',
            name='second',
            field=pgvector.django.halfvec.HalfVectorField(dimensions=512, null=True),
        ),
        migrations.AlterField(
            model_name='weights',
            name='evidence',
            field=models.FloatField(default=0.04, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Belege'),
        ),
        migrations.AlterField(
            model_name='weights',
            name='field',
            field=models.FloatField(default=0.12, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Themenprofil'),
        ),
        migrations.AlterField(
            model_name='weights',
            name='freshness',
            field=models.FloatField(default=0.01, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Aktualität'),
        ),
        migrations.AlterField(
            model_name='weights',
            name='meaning',
            field=models.FloatField(default=0.57, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Bedeutung'),
        ),
        migrations.AlterField(
            model_name='weights',
            name='price',
            field=models.FloatField(default=0.01, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Preis'),
        ),
        migrations.AlterField(
            model_name='weights',
            name='topics',
            field=models.FloatField(default=0.07, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Gemeinsame Themen'),
        ),
        migrations.AlterField(
            model_name='weights',
            name='words',
            field=models.FloatField(default=0.13, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='Wörter'),
        ),
    ]
