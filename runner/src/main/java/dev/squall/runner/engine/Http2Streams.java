package dev.squall.runner.engine;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.util.collection.IntObjectHashMap;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The requests under way on an HTTP/2 connection, each by the number of its stream (RFC 9113,
 * section 5.1), from what is written to its answer, its fault, or its end by either side. Only the
 * event loop calls it.
 */
final class Http2Streams {
  private final Http2Connection connection;
  private final Http2Life life;
  private final Http2Control control;
  private final Http2Sending sending;
  private final IntObjectHashMap<Http2Stream> open = new IntObjectHashMap<>(4);
  private int nextId = 1;
  private boolean served;
  private boolean writing;

  Http2Streams(Http2Connection connection) {
    this.connection = connection;
    this.life = connection.life;
    this.control = connection.control;
    this.sending = connection.sending;
  }

  int size() {
    return open.size();
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Those under way. */
  Collection<Http2Stream> open() {
    return open.values();
  }

  /** The one of a number, null if it is not under way. */
  @Nullable Http2Stream get(int id) {
    return open.get(id);
  }

  /** Whether there is one alone, after others that were served. */
  boolean oneAfterOthers() {
    return served && open.size() == 1;
  }

  /** Whether a request is being written right now. */
  boolean writing() {
    return writing;
  }

  /** The next stream's number. */
  int nextId() {
    int id = nextId;
    nextId += 2;
    return id;
  }

  /** Sends the request of a stream, which begins with it. */
  void write(Http2Stream stream, ByteBuf request) {
    open.put(stream.id(), stream);
    connection.carries();
    if (nextId < 0) {
      // There is no further number.
      connection.retire();
    }
    writing = true;
    connection.send(request);
    writing = false;
  }

  /** The stream of a frame; null for one that is over. */
  @Nullable Http2Stream find(int id) {
    Http2Stream stream = open.get(id);
    boolean known = id > 0 && id % 2 == 1 && (nextId < 0 || id < nextId);
    if (stream == null && !known) {
      connection.failed(Faults.frames(Http2Error.PROTOCOL_ERROR));
    }
    return stream;
  }

  /** The target takes more of a stream's request. */
  void credit(int id, int bytes) {
    Http2Stream stream = find(id);
    if (stream != null && !sending.credit(stream, bytes)) {
      broken(stream, Faults.frames(Http2Error.FLOW_CONTROL_ERROR));
    } else {
      sending.goOn();
    }
  }

  /** A stream's answer is whole. */
  void complete(Http2Stream stream) {
    int id = stream.id();
    if (over(stream, id)) {
      // It was answered before all of it was sent, and the rest is not wanted.
      giveUp(id, Http2Error.NO_ERROR);
    }
    served = true;
    long now = connection.readNanos();
    if (open.isEmpty()) {
      life.rests(now);
    }
    if (life.tooOld(now)) {
      connection.retire();
    }
    stream.answered(now);
    connection.closeIfDone();
  }

  /** A stream's answer is broken: it is given up, others go on. */
  void broken(Http2Stream stream, Refusal refusal) {
    int id = stream.id();
    over(stream, id);
    giveUp(id, Http2Error.PROTOCOL_ERROR);
    stream.lost(refusal, false);
    connection.closeIfDone();
  }

  /** The target has reset a stream. */
  void resetByTarget(Http2Stream stream, long error) {
    over(stream, stream.id());
    Refusal refusal = Faults.streamReset(error);
    if (error == Http2Error.REFUSED_STREAM.code()) {
      stream.refused(refusal);
    } else {
      stream.lost(refusal, false);
    }
    connection.closeIfDone();
  }

  /** The target serves none above a number. */
  void refuseAbove(int last, Refusal refusal) {
    for (Http2Stream stream : open.values().toArray(Http2Stream[]::new)) {
      int id = stream.id();
      if (id > last) {
        over(stream, id);
        stream.refused(refusal);
      }
    }
  }

  /** A request's time is over. */
  void timedOut(Http2Stream stream, int id) {
    if (!life.hears()) {
      return;
    }
    over(stream, id);
    if (control.unheardSince(id)) {
      connection.lose(Faults.DEAD, false);
      return;
    }
    giveUp(id, Http2Error.CANCEL);
    control.ask(nextId);
    connection.closeIfDone();
  }

  /** A request is given up. */
  void cancel(Http2Stream stream, int id) {
    if (life.hears()) {
      over(stream, id);
      giveUp(id, Http2Error.CANCEL);
      connection.closeIfDone();
    }
  }

  /** A stream is over; whether a part of its request was not sent. */
  private boolean over(Http2Stream stream, int id) {
    open.remove(id);
    return sending.forget(stream);
  }

  private void giveUp(int id, Http2Error error) {
    if (life.hears()) {
      if (open.isEmpty()) {
        life.rests(System.nanoTime());
      }
      control.reset(id, error);
    }
  }

  /** Forgets all; tells nobody. */
  void clear() {
    for (Http2Stream stream : open.values()) {
      sending.forget(stream);
    }
    open.clear();
  }
}
