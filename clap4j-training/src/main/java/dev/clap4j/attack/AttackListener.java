package dev.clap4j.attack;

/** Follows attacks. Called on the attacks' own thread, so it should be quick. */
public interface AttackListener {
    /** Nobody listens. */
    AttackListener NONE = new AttackListener() {};

    /** Told, before attacks begin, how many gradients of single images there will be at most. */
    default void planned(long gradients) {}

    /** Told after every step how many images' gradients it computed, or saved. */
    default void computed(long gradients) {}

    /** Asked before every step; the attacks stop when the answer is yes. */
    default boolean shouldStop() {
        return false;
    }
}
