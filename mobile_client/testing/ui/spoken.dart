import 'package:flutter/semantics.dart';
import 'package:flutter_test/flutter_test.dart';

/// The name of each thing that a screen reader lets one do on the screen, in
/// the order in which it is read.
List<String> spokenActions(WidgetTester tester) {
  final names = <String>[];
  void visit(SemanticsNode node) {
    final data = node.getSemanticsData();
    if (_actions.any(data.hasAction)) names.add(_nameOf(data));
    for (final id in data.customSemanticsActionIds ?? const <int>[]) {
      names.add(CustomSemanticsAction.getAction(id)?.label ?? '');
    }
    if (node.mergeAllDescendantsIntoThisNode) return;
    node
        .debugListChildrenInOrder(DebugSemanticsDumpOrder.traversalOrder)
        .forEach(visit);
  }

  visit(
    tester.binding.renderViews.first.owner!.semanticsOwner!.rootSemanticsNode!,
  );
  return names;
}

const List<SemanticsAction> _actions = [
  SemanticsAction.tap,
  SemanticsAction.longPress,
  SemanticsAction.increase,
  SemanticsAction.decrease,
  SemanticsAction.dismiss,
];

/// What is read first: the rest of a tile only explains it.
String _nameOf(SemanticsData data) =>
    (data.label.isEmpty ? data.tooltip : data.label).split('\n').first;
