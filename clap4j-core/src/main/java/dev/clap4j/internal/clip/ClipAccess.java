package dev.clap4j.internal.clip;

import dev.clap4j.Clip;
import java.util.function.Function;

/** Lets other modules of this project at the encoders of a {@link Clip}, which its users do not see. */
public final class ClipAccess {
    private static volatile Function<Clip, ClipModel> access;

    private ClipAccess() {}

    /** Called once, by {@link Clip}. */
    public static void install(Function<Clip, ClipModel> encoders) {
        access = encoders;
    }

    /** The encoders of a model, without its head. */
    public static ClipModel encoders(Clip clip) {
        return access.apply(clip);
    }
}
