package dev.socketio.adapter;

/**
 * A session whose client has come back.
 *
 * @param position up to which the client has got everything
 */
public record Recovered(Session session, long position) {}
