import 'dart:async';

import 'package:flutter/material.dart';

import '../../data/prediction_repository.dart';
import '../../domain/label_name.dart';
import '../../l10n/generated/app_localizations.dart';
import '../core/busy.dart';
import '../core/layout.dart';
import '../core/messages.dart';
import 'label_picker_view_model.dart';

/// Lets the user choose a label; it is popped with it.
class LabelPickerScreen extends StatefulWidget {
  const LabelPickerScreen({super.key, required this.repository});

  final PredictionRepository repository;

  @override
  State<LabelPickerScreen> createState() => _LabelPickerScreenState();
}

class _LabelPickerScreenState extends State<LabelPickerScreen> {
  late final LabelPickerViewModel _model =
      LabelPickerViewModel(widget.repository);

  @override
  void initState() {
    super.initState();
    unawaited(_model.load.execute());
  }

  @override
  void dispose() {
    _model.dispose();
    super.dispose();
  }

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    return Scaffold(
      appBar: AppBar(title: Text(l10n.filterByLabel)),
      body: SafeArea(
        child: ReadableWidth(
          child: SearchColumn(
            field: Padding(
              padding: const EdgeInsets.all(16),
              child: TextField(
                onChanged: (text) => _model.search = text,
                autocorrect: false,
                textInputAction: TextInputAction.search,
                decoration: InputDecoration(
                  labelText: l10n.filterSearch,
                  prefixIcon: const Icon(Icons.search),
                ),
              ),
            ),
            found: ListenableBuilder(
              listenable: _model,
              builder: (context, _) => _labels(context, l10n),
            ),
          ),
        ),
      ),
    );
  }

  Widget _labels(BuildContext context, AppLocalizations l10n) {
    if (_model.load.error case final error?) {
      return SingleChildScrollView(
        child: MessageView.failure(
          context,
          error,
          onRetry: _model.load.execute,
        ),
      );
    }
    if (_model.load.result == null) return const LoadingView();
    final labels = _model.labels;
    if (labels.isEmpty) return Center(child: Text(l10n.filterNoMatch));
    return ListView.builder(
      itemCount: labels.length,
      itemBuilder: (context, i) => ListTile(
        title: Text(nameOfLabel(labels[i])),
        onTap: () => Navigator.pop(context, labels[i]),
      ),
    );
  }
}
