package dev.socketio;

import dev.socketio.engine.AllowRequest;
import dev.socketio.engine.Compression;
import dev.socketio.engine.Cookie;
import dev.socketio.engine.EngineOptions;
import dev.socketio.engine.Peers;
import dev.socketio.engine.TransportName;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The options of the connections below a server; part of {@link SocketIoServer.Builder}.
 *
 * @param <B> the builder, which every method returns
 */
public abstract class EngineOptionsBuilder<B extends EngineOptionsBuilder<B>> {

    private final EngineOptions.Builder engine = EngineOptions.builder();

    EngineOptionsBuilder() {}

    abstract B self();

    EngineOptions engineOptions() {
        return engine.build();
    }

    /**
     * Sets whether the path ends with a slash, as clients have it unless told otherwise; true unless set. If it does
     * not, requests without the slash are taken too, which get status 404 otherwise.
     */
    public final B addTrailingSlash(boolean addTrailingSlash) {
        engine.addTrailingSlash(addTrailingSlash);
        return self();
    }

    /** Sets the time from a client's pong to the next ping; 25 s unless set. */
    public final B pingInterval(Duration pingInterval) {
        engine.pingInterval(pingInterval);
        return self();
    }

    /** Sets how long a client has to answer a ping; 20 s unless set. */
    public final B pingTimeout(Duration pingTimeout) {
        engine.pingTimeout(pingTimeout);
        return self();
    }

    /** Sets how long a change of transport may take; 10 s unless set. */
    public final B upgradeTimeout(Duration upgradeTimeout) {
        engine.upgradeTimeout(upgradeTimeout);
        return self();
    }

    /** Sets how many bytes one message, or the body of one POST, may have; 1,000,000 unless set. */
    public final B maxHttpBufferSize(int bytes) {
        engine.maxHttpBufferSize(bytes);
        return self();
    }

    /** Sets how many bytes may wait for one client before it is disconnected; 8 MiB unless set. */
    public final B maxOutboxBytes(int bytes) {
        engine.maxOutboxBytes(bytes);
        return self();
    }

    /**
     * Sets which answers to polls are compressed, if the client accepts that: those of at least 1,024 bytes unless
     * set; {@link Compression#none()} turns it off. WebSocket messages are another matter.
     */
    public final B httpCompression(Compression compression) {
        engine.httpCompression(compression);
        return self();
    }

    /**
     * Sets whether WebSocket messages are compressed if the client offers it and the container can; false unless
     * set. It costs each connection 100 to 300 kB of memory.
     */
    public final B perMessageDeflate(boolean perMessageDeflate) {
        engine.perMessageDeflate(perMessageDeflate);
        return self();
    }

    /** Sets how many connections may be open at once; 100,000 unless set. */
    public final B maxSessions(int sessions) {
        engine.maxSessions(sessions);
        return self();
    }

    /** Sets how many connections one address may have open at once; 0, for no limit, unless set. */
    public final B maxSessionsPerAddress(int sessions) {
        engine.maxSessionsPerAddress(sessions);
        return self();
    }

    /** Sets the transports that clients may use; both unless set. */
    public final B transports(Collection<TransportName> transports) {
        engine.transports(transports);
        return self();
    }

    /** Sets whether a connection may move from polling to WebSocket; true unless set. */
    public final B allowUpgrades(boolean allowUpgrades) {
        engine.allowUpgrades(allowUpgrades);
        return self();
    }

    /**
     * Sets whether clients of Socket.IO 1 and 2 may connect, which speak revision 3 of Engine.IO; false unless set.
     * What one of them calls its id is the secret id of its connection: do not show it to other clients.
     */
    public final B allowEIO3(boolean allowEIO3) {
        engine.allowEIO3(allowEIO3);
        return self();
    }

    /** Sets the roles that {@link Handshake#isUserInRole} can tell about; none unless set. */
    public final B roles(Collection<String> roles) {
        engine.roles(roles);
        return self();
    }

    /** Sets who decides which requests may open a connection, before any namespace is joined; all may unless set. */
    public final B allowRequest(AllowRequest allowRequest) {
        engine.allowRequest(allowRequest);
        return self();
    }

    /**
     * Sets the cookie that tells load balancers the id of a connection; none unless set.
     *
     * @param cookie such as {@code Cookie.named("io")}; null for none
     */
    public final B cookie(@Nullable Cookie cookie) {
        engine.cookie(cookie);
        return self();
    }

    /**
     * Sets the name of this server among those of a cluster, which session ids end with: 1 to 32 letters, digits, hyphens
     * and underscores; none unless set.
     */
    public final B nodeId(String nodeId) {
        engine.nodeId(nodeId);
        return self();
    }

    /**
     * Sets where the other nodes of the cluster are, so that a balancer need not be sticky: polling requests for their
     * sessions are forwarded to them. Unless set, these are refused. It takes a {@link #nodeId}.
     */
    public final B peers(Peers peers) {
        engine.peers(peers);
        return self();
    }

    /** Sets how many requests may be under way to one other node at once; 10,000 unless set. */
    public final B maxForwardedRequests(int requests) {
        engine.maxForwardedRequests(requests);
        return self();
    }

    /** Sets a message that follows every handshake, below the events: it is for clients of Engine.IO alone. */
    public final B initialPacket(String text) {
        engine.initialPacket(text);
        return self();
    }

    /** Sets a message of bytes that follows every handshake, likewise. */
    public final B initialPacket(byte[] bytes) {
        engine.initialPacket(bytes);
        return self();
    }
}
