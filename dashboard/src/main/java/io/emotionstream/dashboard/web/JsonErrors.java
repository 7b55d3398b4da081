// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.web;

import static java.util.Objects.requireNonNullElse;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What a request gets that is no HTTP, too long, or met a fault: a reason, and nothing of ours. */
final class JsonErrors extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    SecurityHeaders.addTo(response.getHeaders());
    Object message = request.getAttribute(ERROR_MESSAGE);
    ApiError error =
        ApiError.of(response.getStatus(), requireNonNullElse(message, "it failed").toString());
    new Exchange(request, response, callback)
        .answer(response.getStatus(), Exchange.JSON, error.json());
    return true;
  }
}
