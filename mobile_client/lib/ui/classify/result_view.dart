import 'package:flutter/material.dart';

import '../../domain/prediction.dart';
import '../../l10n/generated/app_localizations.dart';
import '../detail/detail_screen.dart';
import '../prediction/answer_view.dart';
import '../prediction/feedback_bar.dart';
import '../prediction/prediction_actions.dart';
import '../prediction/prediction_tools.dart';
import '../prediction/prediction_view_model.dart';
import '../prediction/retake_card.dart';

/// The answer to the photo that was just sent, and what to do with it.
class ResultView extends StatefulWidget {
  const ResultView({
    super.key,
    required this.prediction,
    required this.tools,
    this.onRetake,
    this.onCrop,
    this.onDeleted,
  });

  final Prediction prediction;
  final PredictionTools tools;
  final VoidCallback? onRetake;

  /// Sends a part of the photo; null where the photo is not on the phone.
  final VoidCallback? onCrop;
  final VoidCallback? onDeleted;

  @override
  State<ResultView> createState() => _ResultViewState();
}

class _ResultViewState extends State<ResultView> {
  late final PredictionViewModel _model =
      PredictionViewModel(widget.tools, widget.prediction);

  @override
  void dispose() {
    _model.dispose();
    super.dispose();
  }

  Future<void> _open() => Navigator.push(
        context,
        MaterialPageRoute<void>(
          builder: (context) => DetailScreen(
            prediction: _model.prediction,
            tools: widget.tools,
          ),
        ),
      );

  @override
  Widget build(BuildContext context) => ListenableBuilder(
        listenable: _model,
        builder: (context, _) {
          final l10n = AppLocalizations.of(context);
          final prediction = _model.prediction;
          return Column(
            crossAxisAlignment: CrossAxisAlignment.stretch,
            children: [
              AnswerView(prediction),
              const SizedBox(height: 16),
              if (prediction.quality.retake)
                RetakeCard(prediction.quality, onRetake: widget.onRetake),
              FeedbackBar(model: _model, tools: widget.tools),
              const SizedBox(height: 8),
              PredictionActions(
                model: _model,
                onDeleted: widget.onDeleted,
                onWhy: _open,
              ),
              Align(
                alignment: AlignmentDirectional.centerStart,
                child: Wrap(
                  children: [
                    TextButton(
                      onPressed: _open,
                      child: Text(l10n.actionDetails),
                    ),
                    if (widget.onCrop case final onCrop?)
                      TextButton(
                        onPressed: onCrop,
                        child: Text(l10n.cropAction),
                      ),
                  ],
                ),
              ),
            ],
          );
        },
      );
}
