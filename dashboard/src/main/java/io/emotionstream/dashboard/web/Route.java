// SPDX-License-Identifier: Apache-2.0
package io.emotionstream.dashboard.web;

import java.util.List;

/**
 * A path of the API, for GET and HEAD.
 *
 * @param path exact
 * @param isOpen whether it is answered without a token, too
 * @param parameters every query parameter that it takes
 * @param endpoint answers
 */
record Route(String path, boolean isOpen, List<Parameter> parameters, Endpoint endpoint) {
  interface Endpoint {
    /** Answers the exchange, or throws before anything of the answer is sent. */
    void answer(Query query, Exchange exchange) throws Exception;
  }

  Route {
    parameters = List.copyOf(parameters);
  }

  static Route of(String path, Endpoint endpoint, Parameter... parameters) {
    return new Route(path, false, List.of(parameters), endpoint);
  }

  static Route open(String path, Endpoint endpoint) {
    return new Route(path, true, List.of(), endpoint);
  }
}
