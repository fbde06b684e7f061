package dev.socketio.testing;

import java.util.EnumSet;

/** The containers on the class path of the tests, for {@code @EnumSource}. */
public enum Container {
    /** Jetty with its own WebSocket API; {@link EmbeddedJetty#start} can do without it, or with Jakarta's. */
    JETTY {
        @Override
        public EmbeddedServer start(Entrance entrance, String contextPath, EmbeddedServer.Setup setup) {
            return EmbeddedJetty.start(entrance, contextPath, EnumSet.of(EmbeddedJetty.WebSocketApi.JETTY), setup);
        }
    },
    /** Tomcat with Jakarta WebSocket. */
    TOMCAT {
        @Override
        public EmbeddedServer start(Entrance entrance, String contextPath, EmbeddedServer.Setup setup) {
            return EmbeddedTomcat.start(entrance, contextPath, setup);
        }
    };

    /** Starts the container on any free port, with the web application at the root. */
    public EmbeddedServer start(EmbeddedServer.Setup setup) {
        return start(0, "", setup);
    }

    /**
     * Starts the container.
     *
     * @param port 0 for any that is free
     * @param contextPath such as {@code /chat}; empty for the root
     * @throws IllegalStateException if the container or the web application does not start; nothing is left of it then
     */
    public EmbeddedServer start(int port, String contextPath, EmbeddedServer.Setup setup) {
        return start(Entrance.plain(port), contextPath, setup);
    }

    /**
     * Starts the container.
     *
     * @param contextPath such as {@code /chat}; empty for the root
     * @throws IllegalStateException if the container or the web application does not start; nothing is left of it then
     */
    public abstract EmbeddedServer start(Entrance entrance, String contextPath, EmbeddedServer.Setup setup);
}
