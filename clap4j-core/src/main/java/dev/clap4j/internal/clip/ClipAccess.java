package dev.clap4j.internal.clip;

import dev.clap4j.Clip;
import dev.clap4j.head.Head;
import java.lang.invoke.MethodHandles;
import java.util.Optional;

/**
 * Gives other modules of this project access to the encoders of a {@link Clip}, which are not part of the public API.
 */
public final class ClipAccess {
    private static volatile Access access;

    private ClipAccess() {}

    /** The hidden part of {@link Clip}. */
    public interface Access {
        /** See {@link ClipAccess#encoders}. */
        ClipModel encoders(Clip clip);

        /** See {@link ClipAccess#alpha}. */
        float alpha(Clip clip);

        /** See {@link ClipAccess#of}. */
        Clip of(ClipModel encoders, Optional<Head> head, float alpha);
    }

    /** Called once, by {@link Clip}. */
    public static void install(Access ofClip) {
        access = ofClip;
    }

    /** Returns the encoders of a model, without its head. */
    public static ClipModel encoders(Clip clip) {
        return access.encoders(clip);
    }

    /** Returns the alpha of a model's head; 0 without a head. */
    public static float alpha(Clip clip) {
        return access.alpha(clip);
    }

    /**
     * Returns a model that owns encoders, and applies a head after both of them if one is given.
     *
     * @param encoders closed with the model
     * @throws dev.clap4j.ClapException if the head was trained on another model
     */
    public static Clip of(ClipModel encoders, Optional<Head> head, float alpha) {
        if (access == null) {
            initialiseClip();
        }
        return access.of(encoders, head, alpha);
    }

    /** Has {@link Clip} call {@link #install} if no model was made yet. */
    private static void initialiseClip() {
        try {
            MethodHandles.lookup().ensureInitialized(Clip.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Clip is public", e);
        }
    }
}
