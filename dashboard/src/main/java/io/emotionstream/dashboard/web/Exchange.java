// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A request and its answer, which is given once. */
record Exchange(Request request, Response response, Callback callback) {
  static final String JSON = "application/json";

  /** Answers and is done. */
  void answer(int status, String contentType, byte[] body) {
    response.setStatus(status);
    header(HttpHeader.CONTENT_TYPE, contentType);
    header(HttpHeader.CONTENT_LENGTH, Integer.toString(body.length));
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  void json(byte[] body) {
    answer(200, JSON, body);
  }

  void header(HttpHeader name, String value) {
    response.getHeaders().put(name, value);
  }

  /**
   * Returns a stream into the answer, which waits for a slow reader until the connection's idle
   * time-out; closing it ends the answer.
   */
  OutputStream stream() {
    return Content.Sink.asOutputStream(response);
  }

  /** Breaks the connection off: the other side sees that the answer is not whole. */
  void breakOff(IOException reason) {
    callback.failed(reason);
  }
}
