import 'dart:typed_data';

import '../../data/prediction_repository.dart';
import '../../domain/prediction.dart';
import '../../utils/command.dart';
import '../core/view_model.dart';

/// One prediction and its photo.
class DetailViewModel extends ViewModel {
  DetailViewModel(this._repository, this.prediction);

  final PredictionRepository _repository;
  final Prediction prediction;

  late final Command<Uint8List> photo =
      command(() => _repository.image(prediction));
}
