package dev.squall.runner.engine;

import java.net.InetSocketAddress;

/** For each exchange an HTTP/2 connection of its own, with one stream at a time. */
final class OwnStreams extends PerUser {
  private final UserLoop loop;
  private final Dialer dialer;
  private final Http2Scratch scratch;

  OwnStreams(UserLoop loop, Dialer dialer, Http2Scratch scratch, ConnectionSettings.Spread spread) {
    super(loop, spread);
    this.loop = loop;
    this.dialer = dialer;
    this.scratch = scratch;
  }

  @Override
  void open(Exchange exchange, InetSocketAddress address) {
    new Own().open(exchange, address);
  }

  /** One exchange's connection and stream. */
  private final class Own implements Http2Connection.Keeper, Http2Stream.Keeper {
    private final Http2Connection connection = new Http2Connection(loop, dialer, this, scratch);
    private final Http2Stream stream = new Http2Stream(this, connection, scratch.newAnswer());

    private void open(Exchange exchange, InetSocketAddress address) {
      stream.carry(connection, exchange);
      exchange.given(stream);
      connection.open(address);
    }

    @Override
    public void established(Http2Connection established) {
      limited(established);
    }

    @Override
    public void limited(Http2Connection open) {
      Exchange exchange = stream.exchange();
      if (exchange != null && stream.idle()) {
        exchange.connected();
      }
    }

    @Override
    public void unestablished(Http2Connection closed, Refusal refusal) {
      Exchange exchange = stream.exchange();
      if (exchange != null) {
        exchange.connectFailed(refusal);
      }
    }

    @Override
    public void gone(Http2Connection leaving) {
      if (stream.id() == 0) {
        stream.detach(Faults.CLOSED);
      }
    }

    @Override
    public boolean released(Http2Stream own) {
      return connection.life.isOpen();
    }

    @Override
    public void discarded(Http2Stream own) {
      connection.shut();
    }
  }
}
