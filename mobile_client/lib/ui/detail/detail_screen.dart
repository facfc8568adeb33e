import 'dart:async';

import 'package:flutter/material.dart';

import '../../data/prediction_repository.dart';
import '../../domain/prediction.dart';
import '../../l10n/generated/app_localizations.dart';
import '../../utils/result.dart';
import '../core/busy.dart';
import '../core/formats.dart';
import '../core/label_bars.dart';
import '../core/layout.dart';
import '../core/messages.dart';
import 'detail_view_model.dart';
import 'zoomable_photo.dart';

/// All about one prediction, on a screen of its own.
class DetailScreen extends StatelessWidget {
  const DetailScreen({
    super.key,
    required this.prediction,
    required this.repository,
  });

  final Prediction prediction;
  final PredictionRepository repository;

  @override
  Widget build(BuildContext context) => Scaffold(
        appBar: AppBar(title: Text(prediction.displayName)),
        body: SafeArea(
          child: DetailView(prediction: prediction, repository: repository),
        ),
      );
}

/// All about one prediction.
class DetailView extends StatefulWidget {
  const DetailView({
    super.key,
    required this.prediction,
    required this.repository,
  });

  final Prediction prediction;
  final PredictionRepository repository;

  @override
  State<DetailView> createState() => _DetailViewState();
}

class _DetailViewState extends State<DetailView> {
  late final DetailViewModel _model =
      DetailViewModel(widget.repository, widget.prediction);

  @override
  void initState() {
    super.initState();
    unawaited(_model.photo.execute());
  }

  @override
  void dispose() {
    _model.dispose();
    super.dispose();
  }

  /// The photo does not scroll with the rest: fingers on it zoom.
  @override
  Widget build(BuildContext context) => LayoutBuilder(
        builder: (context, size) {
          final isWide = size.maxWidth > size.maxHeight;
          final photo = Padding(
            padding: const EdgeInsets.all(16),
            child: ListenableBuilder(
              listenable: _model,
              builder: (context, _) => _photo(context),
            ),
          );
          return Flex(
            direction: isWide ? Axis.horizontal : Axis.vertical,
            children: [
              Expanded(child: photo),
              Expanded(child: _facts(context)),
            ],
          );
        },
      );

  Widget _facts(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    final prediction = _model.prediction;
    final photo = prediction.photo;
    return ScrollingColumn(
      children: [
        Semantics(
          header: true,
          child: Text(
            l10n.detailLabels,
            style: Theme.of(context).textTheme.titleMedium,
          ),
        ),
        LabelBars(prediction.top),
        const Divider(),
        _Fact(l10n.detailWhen, formatMoment(context, prediction.createdAt)),
        _Fact(
          l10n.detailModel,
          l10n.detailModelVersion(
            prediction.model.name,
            prediction.model.version,
          ),
        ),
        _Fact(
          l10n.detailPicture,
          l10n.detailPictureSize(
            photo.width,
            photo.height,
            photo.bytes / 1000000,
          ),
        ),
      ],
    );
  }

  Widget _photo(BuildContext context) => switch (_model.photo.result) {
        Ok(value: final bytes) => ZoomablePhoto(
            bytes,
            label: AppLocalizations.of(context)
                .detailPhoto(_model.prediction.displayName),
          ),
        Failed(:final error) => Center(
            child: SingleChildScrollView(
              child: MessageView.failure(
                context,
                error,
                onRetry: _model.photo.execute,
              ),
            ),
          ),
        null => const LoadingView(),
      };
}

/// A name and a value.
class _Fact extends StatelessWidget {
  const _Fact(this.name, this.value);

  final String name;
  final String value;

  @override
  Widget build(BuildContext context) {
    final theme = Theme.of(context).textTheme;
    return MergeSemantics(
      child: Column(
        crossAxisAlignment: CrossAxisAlignment.start,
        children: [
          Text(name, style: theme.labelLarge),
          Text(value, style: theme.bodyLarge),
        ],
      ),
    );
  }
}
