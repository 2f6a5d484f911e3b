package dev.clap4j.evaluation.attack;

import dev.clap4j.attack.Victim;
import dev.clap4j.checkpoint.Checkpoint;
import dev.clap4j.evaluation.Method;
import dev.clap4j.head.Head;

/**
 * A method that can be attacked.
 *
 * @param method what it does to features
 * @param head the same as a network; null for CLIP
 */
public record AttackMethod(Method method, Head head) {
    /** The model's features as they are. */
    public static final AttackMethod CLIP = new AttackMethod(Method.CLIP, null);

    /** The image encoder with this method behind it. */
    Victim victim(Checkpoint checkpoint) {
        return head == null ? Victim.clip(checkpoint) : Victim.clap(checkpoint, head, method.alpha());
    }

    /** As it stands in tables. */
    public String name() {
        return method.name();
    }
}
