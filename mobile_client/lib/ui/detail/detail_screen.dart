import 'dart:async';

import 'package:flutter/material.dart';

import '../../domain/known_label.dart';
import '../../domain/prediction.dart';
import '../../l10n/generated/app_localizations.dart';
import '../core/formats.dart';
import '../core/layout.dart';
import '../prediction/answer_view.dart';
import '../prediction/feedback_bar.dart';
import '../prediction/prediction_actions.dart';
import '../prediction/prediction_tools.dart';
import '../prediction/prediction_view_model.dart';
import '../prediction/retake_card.dart';
import 'explained_photo.dart';

/// All about one prediction, on a screen of its own.
class DetailScreen extends StatelessWidget {
  const DetailScreen({
    super.key,
    required this.prediction,
    required this.tools,
  });

  final Prediction prediction;
  final PredictionTools tools;

  @override
  Widget build(BuildContext context) => Scaffold(
        appBar: AppBar(
          title: Text(answerTitle(AppLocalizations.of(context), prediction)),
        ),
        body: SafeArea(
          child: DetailView(
            prediction: prediction,
            tools: tools,
            onDeleted: () => Navigator.pop(context),
          ),
        ),
      );
}

/// All about one prediction.
class DetailView extends StatefulWidget {
  const DetailView({
    super.key,
    required this.prediction,
    required this.tools,
    this.onDeleted,
  });

  final Prediction prediction;
  final PredictionTools tools;
  final VoidCallback? onDeleted;

  @override
  State<DetailView> createState() => _DetailViewState();
}

class _DetailViewState extends State<DetailView> {
  late final PredictionViewModel _model =
      PredictionViewModel(widget.tools, widget.prediction);

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
  Widget build(BuildContext context) => ListenableBuilder(
        listenable: _model,
        builder: (context, _) => LayoutBuilder(
          builder: (context, size) => Flex(
            direction: size.maxWidth > size.maxHeight
                ? Axis.horizontal
                : Axis.vertical,
            children: [
              Expanded(child: ExplainedPhoto(_model)),
              Expanded(child: _facts(context)),
            ],
          ),
        ),
      );

  Widget _facts(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    final prediction = _model.prediction;
    final photo = prediction.photo;
    return ScrollingColumn(
      children: [
        AnswerView(
          prediction,
          onLabel: (scored) => _model.explain(
            KnownLabel(label: scored.label, wnid: scored.wnid),
          ),
        ),
        if (prediction.quality.retake) RetakeCard(prediction.quality),
        FeedbackBar(model: _model, tools: widget.tools),
        PredictionActions(model: _model, onDeleted: widget.onDeleted),
        const Divider(),
        _Fact(l10n.detailWhen, formatMoment(context, prediction.createdAt)),
        _Fact(
          l10n.detailModel,
          l10n.detailModelVersion(prediction.model.name),
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
