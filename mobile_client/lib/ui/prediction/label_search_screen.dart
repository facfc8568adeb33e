import 'package:flutter/material.dart';

import '../../data/prediction_repository.dart';
import '../../domain/feedback.dart' as domain;
import '../../domain/scored_label.dart';
import '../../l10n/generated/app_localizations.dart';
import '../core/layout.dart';
import 'label_search_view_model.dart';

/// Asks what is on a photo; it is popped with what was chosen or typed.
class LabelSearchScreen extends StatefulWidget {
  const LabelSearchScreen({
    super.key,
    required this.repository,
    required this.suggestions,
  });

  final PredictionRepository repository;

  /// What the model saw.
  final List<ScoredLabel> suggestions;

  @override
  State<LabelSearchScreen> createState() => _LabelSearchScreenState();
}

class _LabelSearchScreenState extends State<LabelSearchScreen> {
  late final LabelSearchViewModel _model =
      LabelSearchViewModel(widget.repository, widget.suggestions);

  @override
  void dispose() {
    _model.dispose();
    super.dispose();
  }

  void _choose(domain.Feedback feedback) => Navigator.pop(context, feedback);

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    return Scaffold(
      appBar: AppBar(title: Text(l10n.labelSearchTitle)),
      body: SafeArea(
        child: ReadableWidth(
          child: ListenableBuilder(
            listenable: _model,
            builder: (context, _) => SearchColumn(
              field: Padding(
                padding: const EdgeInsets.all(16),
                child: TextField(
                  onChanged: (text) => _model.text = text,
                  autofocus: true,
                  autocorrect: false,
                  textInputAction: TextInputAction.search,
                  decoration: InputDecoration(
                    labelText: l10n.labelSearchHint,
                    prefixIcon: const Icon(Icons.search),
                    helperText: _model.find.error == null
                        ? null
                        : l10n.labelSearchOffline,
                  ),
                ),
              ),
              found: _labels(l10n),
            ),
          ),
        ),
      ),
    );
  }

  Widget _labels(AppLocalizations l10n) {
    final labels = _model.labels;
    return ListView(
      children: [
        if (_model.isNew)
          ListTile(
            leading: const Icon(Icons.add),
            title: Text(l10n.labelSearchNew(_model.text)),
            onTap: () => _choose(_model.feedbackForText),
          ),
        for (final label in labels)
          ListTile(
            title: Text(label.displayName),
            onTap: () => _choose(_model.feedbackFor(label)),
          ),
      ],
    );
  }
}
