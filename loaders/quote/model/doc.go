// Package model holds the trained models as bytes in the binary; the packages that run them say what the bytes mean.
package model
