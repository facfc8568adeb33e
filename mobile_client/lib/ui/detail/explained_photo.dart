import 'dart:typed_data';

import 'package:flutter/material.dart';

import '../../l10n/generated/app_localizations.dart';
import '../../utils/result.dart';
import '../core/busy.dart';
import '../core/messages.dart';
import '../prediction/prediction_view_model.dart';
import 'zoomable_photo.dart';

/// The photo of a prediction, with the heat map over it if there is one, or
/// why there is none: both are seen wherever the rest was scrolled to.
class ExplainedPhoto extends StatelessWidget {
  const ExplainedPhoto(this.model, {super.key});

  final PredictionViewModel model;

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    final explained = model.explained;
    final heat = switch (model.why.result) {
      Ok(:final value) when explained != null => value,
      _ => null,
    };
    return Padding(
      padding: const EdgeInsets.all(16),
      child: Column(
        children: [
          Expanded(child: _photo(context, heat)),
          if (model.why.running)
            const Padding(
              padding: EdgeInsets.only(top: 8),
              child: SmallSpinner(),
            )
          else if (model.why.error case final error?)
            Flexible(
              child: SingleChildScrollView(
                child: ErrorCard.failure(context, error),
              ),
            )
          else if (heat != null && explained != null)
            Semantics(
              liveRegion: true,
              child: Padding(
                padding: const EdgeInsets.only(top: 8),
                child: Text(
                  l10n.whyShown(explained.displayName),
                  textAlign: TextAlign.center,
                ),
              ),
            ),
        ],
      ),
    );
  }

  Widget _photo(BuildContext context, Uint8List? heat) =>
      switch (model.photo.result) {
        Ok(value: final bytes) => ZoomablePhoto(
            bytes,
            overlay: heat,
            label: AppLocalizations.of(context)
                .detailPhoto(model.prediction.displayName),
          ),
        Failed(:final error) => Center(
            child: SingleChildScrollView(
              child: MessageView.failure(
                context,
                error,
                onRetry: model.photo.execute,
              ),
            ),
          ),
        null => const LoadingView(),
      };
}
