package dev.socketio.engine;

import static dev.socketio.engine.EngineFixture.POLLING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no session gets to see. */
class RefusalTest {

    private final EngineFixture engine = new EngineFixture();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // method | query | error
                "GET     |                                          | UNKNOWN_TRANSPORT",
                "GET     | EIO=4                                    | UNKNOWN_TRANSPORT",
                "GET     | EIO=4&transport=                         | UNKNOWN_TRANSPORT",
                "GET     | EIO=4&transport=Polling                  | UNKNOWN_TRANSPORT",
                "GET     | EIO=4&transport=constructor              | UNKNOWN_TRANSPORT",
                "GET     | EIO=4&transport=__proto__                | UNKNOWN_TRANSPORT",
                "GET     | EIO=4&transport=webtransport             | UNKNOWN_TRANSPORT",
                "GET     | EIO=4&transport=polling&transport=xhr    | UNKNOWN_TRANSPORT",
                "GET     | EIO=4&transport=polling&sid=none         | UNKNOWN_SID",
                "GET     | EIO=4&transport=polling&sid=__proto__    | UNKNOWN_SID",
                "POST    | EIO=4&transport=polling&sid=none         | UNKNOWN_SID",
                "DELETE  | EIO=4&transport=polling&sid=none         | UNKNOWN_SID",
                "GET     | EIO=4&transport=websocket&sid=none       | UNKNOWN_SID",
                "POST    | EIO=4&transport=polling                  | BAD_HANDSHAKE_METHOD",
                "PUT     | EIO=4&transport=polling                  | BAD_HANDSHAKE_METHOD",
                "PATCH   | EIO=4&transport=polling                  | BAD_HANDSHAKE_METHOD",
                "DELETE  | EIO=4&transport=polling                  | BAD_HANDSHAKE_METHOD",
                "OPTIONS | EIO=4&transport=polling                  | BAD_HANDSHAKE_METHOD",
                "HEAD    | EIO=4&transport=polling                  | BAD_HANDSHAKE_METHOD",
                "GET     | EIO=4&transport=websocket                | BAD_REQUEST",
                "GET     | transport=polling                        | UNSUPPORTED_PROTOCOL_VERSION",
                "GET     | EIO=&transport=polling                   | UNSUPPORTED_PROTOCOL_VERSION",
                "GET     | EIO=3&transport=polling                  | UNSUPPORTED_PROTOCOL_VERSION",
                "GET     | EIO=5&transport=polling                  | UNSUPPORTED_PROTOCOL_VERSION",
                "GET     | EIO=44&transport=polling                 | UNSUPPORTED_PROTOCOL_VERSION",
                "GET     | EIO=abc&transport=polling                | UNSUPPORTED_PROTOCOL_VERSION",
                "GET     | EIO=4&EIO=3&transport=polling            | UNSUPPORTED_PROTOCOL_VERSION",
                // what is checked first
                "POST    | EIO=3&transport=xhr&sid=none             | UNKNOWN_TRANSPORT",
                "POST    | EIO=3&transport=polling&sid=none         | UNKNOWN_SID",
                "POST    | EIO=3&transport=websocket                | BAD_HANDSHAKE_METHOD",
                "GET     | EIO=3&transport=websocket                | BAD_REQUEST",
            })
    void refusesARequest(String method, String query, EngineError error) {
        FakeExchange exchange = engine.handle(FakeExchange.of(method, query == null ? "" : query));

        assertThat(exchange).hasToString(error.status() + " " + error.json());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UNKNOWN_TRANSPORT            | 400 | {'code':0,'message':'Transport unknown'}",
                "UNKNOWN_SID                  | 400 | {'code':1,'message':'Session ID unknown'}",
                "BAD_HANDSHAKE_METHOD         | 400 | {'code':2,'message':'Bad handshake method'}",
                "BAD_REQUEST                  | 400 | {'code':3,'message':'Bad request'}",
                "FORBIDDEN                    | 403 | {'code':4,'message':'Forbidden'}",
                "UNSUPPORTED_PROTOCOL_VERSION | 400 | {'code':5,'message':'Unsupported protocol version'}",
                "TOO_MANY_SESSIONS            | 503 | {'code':6,'message':'Too many sessions'}",
            })
    void tellsTheClientWhy(EngineError error, int status, String json) {
        assertThat(error.status()).isEqualTo(status);
        assertThat(error.json()).isEqualTo(json.replace('\'', '"'));
    }

    @Test
    void sendsErrorsAsJsonThatMayBeCached() {
        HttpReply reply = engine.handle(FakeExchange.get("")).reply();

        assertThat(reply.contentType()).isEqualTo("application/json");
        assertThat(reply.fresh()).isFalse();
    }

    @Test
    void refusesAHandshakeThatIsNotAllowed() {
        FakeExchange exchange = engine.handle(FakeExchange.get(POLLING).forbidden());

        assertThat(exchange).hasToString("403 {\"code\":4,\"message\":\"Forbidden\"}");
    }

    @ParameterizedTest
    @CsvSource({"'', UNKNOWN_TRANSPORT", "EIO=4&transport=websocket, BAD_REQUEST", "EIO=3&transport=polling, FORBIDDEN"
    })
    void asksWhetherItIsAllowedBeforeTheVersion(String query, EngineError error) {
        FakeExchange exchange = engine.handle(FakeExchange.get(query).forbidden());

        assertThat(exchange).hasToString(error.status() + " " + error.json());
    }

    @Test
    void asksOnlyForHandshakesWhetherTheyAreAllowed() {
        engine.openPolling();

        FakeExchange post = engine.handle(
                FakeExchange.post(engine.session(POLLING), "4hello").forbidden());

        assertThat(post).hasToString("200 ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EIO=3&transport=polling",
                "transport=polling",
                "EIO=4&transport=websocket",
                "EIO=4&EIO=3&transport=polling"
            })
    void refusesARequestThatDoesNotMatchItsSession(String query) {
        engine.openPolling();

        FakeExchange exchange = engine.handle(FakeExchange.get(engine.session(query)));

        assertThat(exchange).hasToString("400 {\"code\":3,\"message\":\"Bad request\"}");
        assertThat(engine.socket().isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"})
    void refusesToPollASessionOnWebSocket(String method) {
        FakeChannel channel = engine.openWebSocket().forget();

        FakeExchange exchange = engine.request(method);

        assertThat(exchange).hasToString("400 {\"code\":3,\"message\":\"Bad request\"}");
        assertThat(channel.calls).isEmpty();
    }

    @Test
    void refusesAPlainRequestForTheWebSocketOfASession() {
        engine.openWebSocket();

        FakeExchange exchange = engine.handle(FakeExchange.get(engine.session(EngineFixture.WEBSOCKET)));

        assertThat(exchange).hasToString("400 {\"code\":3,\"message\":\"Bad request\"}");
    }

    @Test
    void refusesPollingWhereOnlyWebSocketIsOffered() {
        EngineFixture picky = new EngineFixture(EngineOptions.builder().transports(List.of(TransportName.WEBSOCKET)));

        FakeExchange exchange = picky.handle(FakeExchange.get(POLLING));

        assertThat(exchange).hasToString("400 {\"code\":0,\"message\":\"Transport unknown\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                         | UNKNOWN_TRANSPORT",
                "EIO=4&transport=xhr                      | UNKNOWN_TRANSPORT",
                "EIO=4&transport=websocket&sid=none       | UNKNOWN_SID",
                "EIO=4&transport=polling&sid=none         | UNKNOWN_SID",
                "EIO=4&transport=polling                  | BAD_REQUEST",
                "EIO=4&transport=polling&sid=sid1         | BAD_REQUEST",
                "EIO=3&transport=websocket&sid=sid1       | BAD_REQUEST",
                "transport=websocket&sid=sid1             | BAD_REQUEST",
                "EIO=3&transport=websocket                | UNSUPPORTED_PROTOCOL_VERSION",
                "transport=websocket                      | UNSUPPORTED_PROTOCOL_VERSION",
            })
    void refusesAWebSocketBeforeTheContainerOpensIt(String query, EngineError error) {
        engine.openPolling();

        assertThatThrownBy(() -> engine.server.acceptWebSocket(FakeExchange.get(query == null ? "" : query)))
                .isInstanceOf(EngineRefusal.class)
                .extracting("error")
                .isEqualTo(error);
    }

    @Test
    void refusesAWebSocketThatIsNotAllowed() {
        FakeExchange request = FakeExchange.get(EngineFixture.WEBSOCKET).forbidden();

        assertThatThrownBy(() -> engine.server.acceptWebSocket(request))
                .isInstanceOf(EngineRefusal.class)
                .hasMessage("Forbidden");
    }

    @Test
    void refusesAWebSocketThatTheContainerCannotOpen() {
        FakeExchange request = FakeExchange.get(EngineFixture.WEBSOCKET).withoutWebSockets();

        assertThatThrownBy(() -> engine.server.acceptWebSocket(request))
                .isInstanceOf(EngineRefusal.class)
                .hasMessage("Bad request");
    }

    @ParameterizedTest
    @CsvSource({"POST, BAD_HANDSHAKE_METHOD", "HEAD, BAD_HANDSHAKE_METHOD"})
    void refusesToOpenAWebSocketByAnotherMethod(String method, EngineError error) {
        assertThatThrownBy(() -> engine.server.acceptWebSocket(FakeExchange.of(method, EngineFixture.WEBSOCKET)))
                .isInstanceOf(EngineRefusal.class)
                .extracting("error")
                .isEqualTo(error);
    }

    @Test
    void opensAWebSocketOverHttp2() throws EngineRefusal {
        FakeExchange request = FakeExchange.of("CONNECT", EngineFixture.WEBSOCKET);

        assertThat(engine.server.acceptWebSocket(request)).isNotNull();
    }

    @Test
    void refusesAWebSocketWhereOnlyPollingIsOffered() {
        EngineFixture picky = new EngineFixture(EngineOptions.builder().transports(List.of(TransportName.POLLING)));

        assertThatThrownBy(() -> picky.server.acceptWebSocket(FakeExchange.get(EngineFixture.WEBSOCKET)))
                .isInstanceOf(EngineRefusal.class)
                .hasMessage("Transport unknown");
    }
}
