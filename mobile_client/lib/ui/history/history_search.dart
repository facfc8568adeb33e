import 'package:flutter/material.dart';

import '../../l10n/generated/app_localizations.dart';
import '../core/layout.dart';

/// The field in which one looks for photos by what is on them.
class HistorySearch extends StatelessWidget {
  const HistorySearch({
    super.key,
    required this.controller,
    required this.onSearch,
  });

  final TextEditingController controller;

  /// Called with what is to be looked for; null for nothing.
  final void Function(String?) onSearch;

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    return ReadableWidth(
      child: Padding(
        padding: const EdgeInsets.fromLTRB(16, 8, 16, 0),
        child: TextField(
          controller: controller,
          onSubmitted: (text) => onSearch(text.trim().isEmpty ? null : text),
          autocorrect: false,
          textInputAction: TextInputAction.search,
          decoration: InputDecoration(
            labelText: l10n.historySearch,
            prefixIcon: const Icon(Icons.search),
            suffixIcon: ListenableBuilder(
              listenable: controller,
              builder: (context, _) => controller.text.isEmpty
                  ? const SizedBox.shrink()
                  : IconButton(
                      onPressed: () {
                        controller.clear();
                        onSearch(null);
                      },
                      icon: const Icon(Icons.close),
                      tooltip: l10n.historyShowAll,
                    ),
            ),
          ),
        ),
      ),
    );
  }
}
