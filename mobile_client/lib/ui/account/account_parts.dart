import 'package:flutter/material.dart';

import '../../data/settings_store.dart';
import '../../data/twin/twin.dart';
import '../../l10n/generated/app_localizations.dart';
import '../../utils/result.dart';
import '../core/busy.dart';
import '../core/error_messages.dart';
import '../core/observable_builder.dart';
import 'account_view_model.dart';

/// The name of a group of rows.
class SectionTitle extends StatelessWidget {
  const SectionTitle(this.text, {super.key});

  final String text;

  @override
  Widget build(BuildContext context) {
    final theme = Theme.of(context);
    return Padding(
      padding: const EdgeInsets.fromLTRB(16, 24, 16, 8),
      child: Semantics(
        header: true,
        child: Text(
          text,
          style: theme.textTheme.titleSmall
              ?.copyWith(color: theme.colorScheme.primary),
        ),
      ),
    );
  }
}

/// A row that does something when it is tapped.
class ActionTile extends StatelessWidget {
  const ActionTile({
    super.key,
    required this.icon,
    required this.title,
    required this.onTap,
    this.body,
    this.isBusy = false,
    this.isDangerous = false,
  });

  final IconData icon;
  final String title;
  final String? body;
  final bool isBusy;
  final bool isDangerous;

  /// Null while it cannot be done.
  final VoidCallback? onTap;

  @override
  Widget build(BuildContext context) {
    final subtitle = body;
    final color = isDangerous ? Theme.of(context).colorScheme.error : null;
    return ListTile(
      enabled: onTap != null,
      onTap: onTap,
      iconColor: color,
      textColor: color,
      leading: Icon(icon),
      title: Text(title),
      subtitle: subtitle == null ? null : Text(subtitle),
      trailing: isBusy ? const SmallSpinner() : null,
    );
  }
}

/// How the app looks, and how photos are sent.
class SettingsSection extends StatelessWidget {
  const SettingsSection(this.model, {super.key});

  final AccountViewModel model;

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    return Column(
      crossAxisAlignment: CrossAxisAlignment.stretch,
      children: [
        SectionTitle(l10n.sectionAppearance),
        for (final choice in ThemeChoice.values)
          _ChoiceTile(
            name: _nameOf(l10n, choice),
            isChosen: choice == model.settings.theme,
            onTap: () => model.setTheme(choice),
          ),
        SectionTitle(l10n.sectionPhotos),
        SwitchListTile(
          value: model.settings.sendOriginals,
          onChanged: model.setSendOriginals,
          title: Text(l10n.sendOriginals),
          subtitle: Text(l10n.sendOriginalsBody),
        ),
        SwitchListTile(
          value: model.settings.cropFirst,
          onChanged: (value) =>
              model.change(model.settings.copyWith(cropFirst: value)),
          title: Text(l10n.cropFirst),
          subtitle: Text(l10n.cropFirstBody),
        ),
        if (model.twin case final twin?)
          ObservableBuilder<Agreement>(
            observable: twin.agreement,
            builder: (context, agreement) => SwitchListTile(
              value: model.settings.useTwin,
              onChanged: (value) =>
                  model.change(model.settings.copyWith(useTwin: value)),
              title: Text(l10n.twinTitle),
              subtitle: Text(
                agreement.all == 0
                    ? l10n.twinBody
                    : l10n.twinAgreement(agreement.same, agreement.all),
              ),
            ),
          ),
        SectionTitle(l10n.backgroundTitle),
        SwitchListTile(
          value: model.settings.sendInBackground,
          onChanged: (value) =>
              model.change(model.settings.copyWith(sendInBackground: value)),
          title: Text(l10n.backgroundOn),
          subtitle: Text(
            model.settings.sendInBackground
                ? l10n.backgroundOnBody
                : l10n.backgroundOff,
          ),
        ),
        SwitchListTile(
          value: model.settings.onWifiOnly,
          onChanged: model.settings.sendInBackground
              ? (value) =>
                  model.change(model.settings.copyWith(onWifiOnly: value))
              : null,
          title: Text(l10n.wifiOnly),
          subtitle: Text(l10n.wifiOnlyBody),
        ),
      ],
    );
  }

  String _nameOf(AppLocalizations l10n, ThemeChoice choice) =>
      switch (choice) {
        ThemeChoice.system => l10n.themeSystem,
        ThemeChoice.light => l10n.themeLight,
        ThemeChoice.dark => l10n.themeDark,
      };
}

/// One of several choices.
class _ChoiceTile extends StatelessWidget {
  const _ChoiceTile({
    required this.name,
    required this.isChosen,
    required this.onTap,
  });

  final String name;
  final bool isChosen;
  final VoidCallback onTap;

  @override
  Widget build(BuildContext context) => MergeSemantics(
        child: Semantics(
          checked: isChosen,
          inMutuallyExclusiveGroup: true,
          child: ListTile(
            onTap: onTap,
            leading: Icon(
              isChosen
                  ? Icons.radio_button_checked
                  : Icons.radio_button_unchecked,
              color:
                  isChosen ? Theme.of(context).colorScheme.primary : null,
            ),
            title: Text(name),
          ),
        ),
      );
}

/// Which server and which model answer.
class ServerSection extends StatelessWidget {
  const ServerSection(this.model, {super.key, required this.onChange});

  final AccountViewModel model;

  /// Called when the user wants another server.
  final VoidCallback onChange;

  @override
  Widget build(BuildContext context) {
    final l10n = AppLocalizations.of(context);
    return Column(
      crossAxisAlignment: CrossAxisAlignment.stretch,
      children: [
        SectionTitle(l10n.sectionServer),
        ListTile(
          leading: const Icon(Icons.dns_outlined),
          title: Text('${model.server ?? ''}'),
        ),
        ListTile(
          leading: const Icon(Icons.hub_outlined),
          title: Text(l10n.serverModel),
          subtitle: Text(
            switch (model.model.result) {
              Ok(value: final serving?) => l10n.serverModelValue(
                  serving.name,
                  serving.classes,
                ),
              Ok() => l10n.serverModelNone,
              Failed(:final error) => wordsForFailure(l10n, error).sentence,
              null => l10n.loading,
            },
          ),
        ),
        ActionTile(
          icon: Icons.swap_horiz,
          title: l10n.changeServer,
          onTap: model.isBusy ? null : onChange,
        ),
      ],
    );
  }
}
