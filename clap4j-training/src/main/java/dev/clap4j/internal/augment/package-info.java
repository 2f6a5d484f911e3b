/** Random changes of images, with the pixels of torchvision and of the authors' code. */
package dev.clap4j.internal.augment;
