package dev.clap4j.fuzz;

import java.util.List;

/** A list of targets; implementations have a constructor without parameters, so that every process can create one. */
public interface TargetList {
    /** Returns the targets, with unique names. */
    List<Target> targets();
}
