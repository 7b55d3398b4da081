// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.web;

import static java.util.Objects.requireNonNullElse;

import io.emotionstream.dashboard.history.HistoryException;
import io.emotionstream.dashboard.history.RefusedException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes each request to its route or file, and makes an answer of whatever goes wrong there. */
final class WebHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(WebHandler.class);

  private final Guard guard;
  private final Map<String, Route> routes;
  private final PageFiles page = new PageFiles();

  WebHandler(Guard guard, List<Route> routes) {
    this.guard = guard;
    this.routes =
        routes.stream().collect(Collectors.toUnmodifiableMap(Route::path, Function.identity()));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Exchange exchange = new Exchange(request, response, callback);
    SecurityHeaders.addTo(response.getHeaders());
    try {
      answer(exchange);
    } catch (ApiError e) {
      refuse(exchange, e);
    } catch (RefusedException e) {
      refuse(exchange, ApiError.badParameter(e.parameter(), e.value(), text(e)));
    } catch (HistoryException e) {
      refuse(exchange, ApiError.of(ApiError.UNAVAILABLE, text(e)));
    } catch (Exception e) {
      LOG.error("{} failed", Request.getPathInContext(request), e);
      refuse(exchange, ApiError.of(ApiError.INTERNAL, "this server has a fault; its log tells"));
    }
    return true;
  }

  private void answer(Exchange exchange) throws Exception {
    String path = Request.getPathInContext(exchange.request());
    Route route = routes.get(path);
    boolean isPage = PageFiles.isPage(path);
    guard.check(exchange.request(), isPage || (route != null && route.isOpen()));
    if (route == null && !isPage) {
      throw ApiError.of(
          ApiError.NOT_FOUND, "there is nothing at this address: /api/openapi.yaml lists all");
    }
    String method = exchange.request().getMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.header(HttpHeader.ALLOW, "GET, HEAD");
      throw ApiError.of(ApiError.NOT_ALLOWED, "this server only reads: GET and HEAD");
    }
    if (route == null) {
      page.answer(path, exchange);
    } else {
      route
          .endpoint()
          .answer(Query.of(parameters(exchange.request()), route.parameters()), exchange);
    }
  }

  private static Map<String, List<String>> parameters(Request request) throws ApiError {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    try {
      for (Fields.Field field : Request.extractQueryParameters(request)) {
        parameters.put(field.getName(), field.getValues());
      }
    } catch (RuntimeException e) { // whatever it throws, it is about the query's encoding
      throw ApiError.of(ApiError.BAD_REQUEST, "the query is not well formed: check its % signs");
    }
    return parameters;
  }

  private static void refuse(Exchange exchange, ApiError error) {
    if (exchange.response().isCommitted()) {
      exchange.breakOff(new IOException(error));
      return;
    }
    if (error.status() == ApiError.UNAUTHORIZED) {
      exchange.header(HttpHeader.WWW_AUTHENTICATE, "Bearer");
    }
    if (error.status() == ApiError.UNAVAILABLE) {
      exchange.header(HttpHeader.RETRY_AFTER, "5");
    }
    exchange.answer(error.status(), Exchange.JSON, error.json());
  }

  private static String text(Exception e) {
    return requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
  }
}
