// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.web;

import io.emotionstream.dashboard.live.Subscriber;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Callback;

/** Server-sent events over one connection, which is closed when they end. */
final class EventStream implements Subscriber {
  static final String TYPE = "text/event-stream";

  private final Exchange exchange;
  private final AtomicBoolean ended = new AtomicBoolean();

  EventStream(Exchange exchange) {
    this.exchange = exchange;
    exchange.header(HttpHeader.CONTENT_TYPE, TYPE);
    exchange.header(HttpHeader.CONNECTION, "close");
    exchange.response().getHeaders().put("X-Accel-Buffering", "no"); // of a proxy before us
  }

  @Override
  public void write(ByteBuffer bytes, Callback done) {
    exchange.response().write(false, bytes, done);
  }

  @Override
  public void end() {
    if (ended.compareAndSet(false, true)) {
      // What is being written would hold back an orderly end, so the connection goes first.
      exchange.request().getConnectionMetaData().getConnection().getEndPoint().close();
      exchange.breakOff(new IOException("the stream has ended"));
    }
  }
}
