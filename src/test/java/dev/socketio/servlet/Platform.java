package dev.socketio.servlet;

import dev.socketio.testing.EmbeddedJetty;
import dev.socketio.testing.EmbeddedJetty.WebSocketApi;
import dev.socketio.testing.EmbeddedServer;
import dev.socketio.testing.EmbeddedTomcat;
import java.util.Set;

/** The containers, with each way that one has to WebSockets. */
enum Platform {
    JETTY {
        @Override
        EmbeddedServer start(String contextPath, EmbeddedServer.Setup setup) {
            return EmbeddedJetty.start(0, contextPath, Set.of(WebSocketApi.JETTY), setup);
        }
    },
    JETTY_WITH_JAKARTA {
        @Override
        EmbeddedServer start(String contextPath, EmbeddedServer.Setup setup) {
            return EmbeddedJetty.start(0, contextPath, Set.of(WebSocketApi.JAKARTA), setup);
        }
    },
    JETTY_WITHOUT_WEBSOCKET {
        @Override
        EmbeddedServer start(String contextPath, EmbeddedServer.Setup setup) {
            return EmbeddedJetty.start(0, contextPath, Set.of(), setup);
        }
    },
    TOMCAT {
        @Override
        EmbeddedServer start(String contextPath, EmbeddedServer.Setup setup) {
            return EmbeddedTomcat.start(0, contextPath, setup);
        }
    };

    abstract EmbeddedServer start(String contextPath, EmbeddedServer.Setup setup);
}
