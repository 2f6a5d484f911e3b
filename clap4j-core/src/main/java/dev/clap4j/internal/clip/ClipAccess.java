package dev.clap4j.internal.clip;

import dev.clap4j.Clip;
import java.util.function.Function;

/**
 * Gives other modules of this project access to the encoders of a {@link Clip}, which are not part of the public API.
 */
public final class ClipAccess {
    private static volatile Function<Clip, ClipModel> access;

    private ClipAccess() {}

    /** Called once, by {@link Clip}. */
    public static void install(Function<Clip, ClipModel> encoders) {
        access = encoders;
    }

    /** Returns the encoders of a model, without its head. */
    public static ClipModel encoders(Clip clip) {
        return access.apply(clip);
    }
}
