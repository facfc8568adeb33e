import 'dart:convert';
import 'dart:io';

/// The identity of a server for whose certificate nobody vouches. Made for
/// tests; nothing else may ever trust it.
SecurityContext selfSignedContext() => SecurityContext()
  ..useCertificateChainBytes(utf8.encode(_certificate))
  ..usePrivateKeyBytes(utf8.encode(_key));

/// As `openssl x509 -fingerprint -sha256` prints it.
const String selfSignedFingerprint =
    '2E:98:6A:3E:EA:E5:9D:5D:C2:27:B1:39:01:22:2E:A2:'
    '96:53:BD:08:71:D3:55:22:FF:22:60:2F:A0:85:5D:50';

const String _key = '''
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg32x5SZ3zDtLPm6zg
Fbfmx4meteZklrsektQkVE4SueuhRANCAAQVRQiV1XgHapyB8r34ipepT9BN0Tu7
5UbcEx7mKUWB0hETjXlS1E5yx9obWkdm+pGi0lVm6pB/96BQ5lQrX/5T
-----END PRIVATE KEY-----
''';

const String _certificate = '''
-----BEGIN CERTIFICATE-----
MIIBoDCCAUWgAwIBAgIUEy2bBn+K2BdAm2SSsoOlc/qvJwUwCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLcGhvdG9zLnRlc3QwIBcNMjYxMTIxMDYxMTM3WhgPMjEyNjEw
MjgwNjExMzdaMBYxFDASBgNVBAMMC3Bob3Rvcy50ZXN0MFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEFUUIldV4B2qcgfK9+IqXqU/QTdE7u+VG3BMe5ilFgdIRE415
UtROcsfaG1pHZvqRotJVZuqQf/egUOZUK1/+U6NvMG0wHQYDVR0OBBYEFAnI00oL
i5VD/eoQP0PUpv3XJrqDMB8GA1UdIwQYMBaAFAnI00oLi5VD/eoQP0PUpv3XJrqD
MA8GA1UdEwEB/wQFMAMBAf8wGgYDVR0RBBMwEYIJbG9jYWxob3N0hwR/AAABMAoG
CCqGSM49BAMCA0kAMEYCIQCugiNYZsJFvdSTmsKVZvKQ4/94OSCM/CdUeQwBE2jy
8AIhAPD9xfKHYUWk2wsv8u2Q5xh7pAoO1gBIWUJNiYSTNH/l
-----END CERTIFICATE-----
''';
