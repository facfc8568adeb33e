import '../../data/api/api_exception.dart';
import '../../data/device_repository.dart';
import '../../domain/device.dart';
import '../../utils/command.dart';
import '../../utils/result.dart';
import '../core/view_model.dart';

/// The devices of the account, and signing them out.
class DevicesViewModel extends ViewModel {
  DevicesViewModel(this._repository);

  final DeviceRepository _repository;
  List<Device> _devices = const [];
  final Set<String> _revoking = {};
  final Map<String, ApiException> _failures = {};

  late final Command<List<Device>> load = command(() async {
    final result = await _repository.list();
    if (result case Ok(value: final devices)) _devices = devices;
    return result;
  });

  /// This device first.
  List<Device> get devices => [
        ..._devices.where((device) => device.isCurrent),
        ..._devices.where((device) => !device.isCurrent),
      ];

  /// Why a device was not signed out.
  ApiException? failureOf(Device device) => _failures[device.id];

  bool isRevoking(Device device) => _revoking.contains(device.id);

  Future<void> revoke(Device device) async {
    if (!_revoking.add(device.id)) return;
    _failures.remove(device.id);
    notifyListeners();
    final result = await _repository.revoke(device);
    _revoking.remove(device.id);
    final isGone = switch (result) {
      Ok() => true,
      Failed(error: RejectedException(status: 404)) => true,
      Failed() => false,
    };
    if (isGone) {
      _devices = [..._devices.where((each) => each.id != device.id)];
    } else if (result case Failed(:final error)) {
      _failures[device.id] = error;
    }
    notifyListeners();
  }
}
