package dev.socketio.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/**
 * The container found out that the client is gone, which few do while a request is parked. Public, with a constructor
 * without parameters, because WildFly makes a component of every listener and warns of those that it cannot create.
 */
public final class ExchangeErrors implements AsyncListener {

    private final Runnable action;

    /** Creates one that does nothing. */
    public ExchangeErrors() {
        this(() -> {});
    }

    ExchangeErrors(Runnable action) {
        this.action = action;
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onTimeout(AsyncEvent event) {
        action.run();
    }

    @Override
    public void onError(AsyncEvent event) {
        action.run();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
