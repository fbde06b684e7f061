package dev.socketio.adapter;

/**
 * Is told how the rooms of one namespace change on this server.
 *
 * <p>Calls come one at a time, in the order of the changes and without a lock held. They come from the thread that made
 * the change, or from one that made a change just before it: so a listener must not wait for another change.
 */
public interface RoomListener {

    /** A room has come to be: somebody joins who is the first. */
    default void onCreateRoom(String room) {}

    /** A socket has joined a room that it was not in. */
    default void onJoinRoom(String room, String id) {}

    /** A socket has left a room that it was in. */
    default void onLeaveRoom(String room, String id) {}

    /** A room is no more: the last has left. */
    default void onDeleteRoom(String room) {}
}
