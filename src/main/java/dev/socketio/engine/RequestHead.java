package dev.socketio.engine;

import org.jspecify.annotations.Nullable;

/** What the engine reads of a request, as long as the container serves it. */
public interface RequestHead {

    /** Returns the method in upper case. */
    String method();

    /** Returns the parameters of the URL. */
    Query query();

    /** Returns a header; null if it is missing. */
    @Nullable
    String header(String name);

    /** Returns the address of the client as the container sees it, after its own handling of proxies. */
    String remoteAddress();

    /** Returns whether this request is allowed to open a session, by its origin for one. */
    boolean isAllowed();

    /** Returns whether the container can carry out an upgrade to WebSocket: this one, if the request asks for one. */
    boolean canUpgrade();

    /** Takes a copy that outlives the request. */
    EngineRequest snapshot();
}
