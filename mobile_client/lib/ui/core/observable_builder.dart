import 'package:flutter/widgets.dart';

import '../../utils/observable.dart';

/// Builds anew whenever the value of an [Observable] changes.
class ObservableBuilder<T> extends StatefulWidget {
  const ObservableBuilder({
    super.key,
    required this.observable,
    required this.builder,
  });

  final Observable<T> observable;
  final Widget Function(BuildContext context, T value) builder;

  @override
  State<ObservableBuilder<T>> createState() => _ObservableBuilderState<T>();
}

class _ObservableBuilderState<T> extends State<ObservableBuilder<T>> {
  @override
  void initState() {
    super.initState();
    widget.observable.addListener(_changed);
  }

  @override
  void didUpdateWidget(ObservableBuilder<T> oldWidget) {
    super.didUpdateWidget(oldWidget);
    if (identical(oldWidget.observable, widget.observable)) return;
    oldWidget.observable.removeListener(_changed);
    widget.observable.addListener(_changed);
  }

  @override
  void dispose() {
    widget.observable.removeListener(_changed);
    super.dispose();
  }

  void _changed() => setState(() {});

  @override
  Widget build(BuildContext context) =>
      widget.builder(context, widget.observable.value);
}
