"""Lists of prisoners as they come in the mail: tables of any make, read without losing a word.

==============  ==============================================================================
`reading`       bytes -> a `Sheet`: headings and rows, whatever the format and the encoding
`mapping`       headings -> which column says what, and profiles that remember it
`cells`         a row -> name, dates, articles, sentence, place; what is not understood is kept
`compare`       two readings of one list -> who is new, who is gone, what changed
`metadata`      an office file or a photograph -> the same without traces of its author
`invent`        lists of invented people, to try all of it on
==============  ==============================================================================

Values in, values out. Everything said to a person is a `Message` in three languages.
"""
