package dev.squall.runner.recording;

import java.nio.ByteBuffer;
import java.util.List;

/** Connections as bytes: the steps that were taken or failed, then the addresses. */
final class ConnectionCountsCodec {
  private ConnectionCountsCodec() {}

  static void write(ConnectionCounts connections, VarBytes out) {
    for (ConnectionStep step : ConnectionStep.values()) {
      TimesCodec.write(connections.times(step), out);
      out.number(connections.failures(step));
    }
    List<AddressCount> addresses = connections.addresses();
    out.number(addresses.size());
    for (AddressCount one : addresses) {
      out.text(one.address());
      out.number(one.connections());
      out.number(one.requests());
    }
  }

  static ConnectionCounts read(ByteBuffer in) {
    ConnectionCounts connections = new ConnectionCounts();
    for (ConnectionStep step : ConnectionStep.values()) {
      connections.add(step, TimesCodec.read(in), VarBytes.number(in));
    }
    for (long i = VarBytes.number(in); i > 0; i--) {
      connections.add(
          new AddressCount(VarBytes.text(in), VarBytes.number(in), VarBytes.number(in)));
    }
    return connections;
  }
}
