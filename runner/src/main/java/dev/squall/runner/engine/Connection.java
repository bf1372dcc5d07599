package dev.squall.runner.engine;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/**
 * A connection that speaks HTTP/1.1: how it begins and ends. What goes over it is its {@link
 * Conversation}. Only its event loop calls it.
 */
final class Connection extends Dialed<Wire> {
  /** Who keeps connections while no exchange has them. */
  interface Keeper {
    /** It is established, and no exchange has it. */
    void established(Connection connection);

    /** It could not be established, and no exchange had it. */
    void unestablished(Connection connection, Refusal refusal);

    /**
     * Its exchange needs it no more, for now.
     *
     * @return whether it is that exchange's all the same
     */
    boolean released(Connection connection);

    /** It was established, and is closed. */
    void gone(Connection connection);
  }

  private final ConnectionLife life;
  private final Keeper keeper;
  private final Chain.Link<Connection> place = new Chain.Link<>(this);
  private final Conversation conversation;
  private boolean reused;

  Connection(UserLoop loop, Dialer dialer, Keeper keeper) {
    super(dialer);
    this.keeper = keeper;
    this.life = new ConnectionLife(loop, this);
    this.conversation = new Conversation(loop, this, life);
  }

  /** Connects, for no exchange yet; the keeper is told the outcome, maybe before this returns. */
  void openWithin(InetSocketAddress address, long nanos) {
    life.establishedWithin(nanos);
    open(address);
  }

  /** It is an exchange's from here on, until it is released or gone. */
  void carry(Exchange exchange) {
    conversation.carry(exchange);
    exchange.given(conversation);
  }

  /** Its place among those that are idle. */
  Chain.Link<Connection> place() {
    return place;
  }

  @Override
  Wire newWire(Dialer from) {
    return from.wire(this);
  }

  @Override
  void established() {
    life.established();
    if (!conversation.connected()) {
      keeper.established(this);
    }
  }

  @Override
  void unestablished(Refusal refusal) {
    Exchange affected = conversation.leave();
    reset();
    if (affected != null) {
      affected.connectFailed(refusal);
    } else {
      keeper.unestablished(this, refusal);
    }
  }

  @Override
  public void read(ByteBuf in) {
    conversation.read(in);
  }

  /** From here on a close can cross a request on its way, and how it came is looked at. */
  void reuse() {
    if (!reused) {
      reused = true;
      wire().reuse();
    }
  }

  /** Whether requests go over it that may cross a close. */
  boolean reused() {
    return reused;
  }

  /** Whether the target, which has ended its side, did so before the request reached it. */
  boolean crossed() {
    return reused && wire().endedBeforeRequest();
  }

  /**
   * Its exchange needs it no more, for now.
   *
   * @return whether it is that exchange's all the same
   */
  boolean released() {
    return keeper.released(this);
  }

  @Override
  void ended(boolean stillOpen) {
    switch (life.state()) {
      case BUSY -> conversation.ended(stillOpen);
      case IDLE, LEAVING -> {
        conversation.detach();
        over();
      }
      case OPENING, CLOSED -> {}
    }
  }

  @Override
  void broken(Throwable cause) {
    switch (life.state()) {
      case BUSY -> conversation.broken(cause);
      case IDLE, LEAVING -> drop();
      case OPENING, CLOSED -> {}
    }
  }

  /** Closes it, with no answer to come. */
  void drop() {
    conversation.detach();
    reset();
  }

  /** Closes at once. Tells nobody but the keeper. */
  void reset() {
    closeByReset();
    closed();
  }

  /** The target has closed, and so does this side. */
  void over() {
    close();
    closed();
  }

  private void closed() {
    if (life.closes()) {
      keeper.gone(this);
    }
  }
}
