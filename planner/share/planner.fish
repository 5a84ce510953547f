function _planner_completion
    set -l words (commandline -cp | string collect)
    for line in (env _PLANNER_COMPLETE=fish_complete COMP_WORDS="$words" planner 2>/dev/null)
        set -l parts (string split -m1 "," -- $line)
        if test "$parts[1]" = file
            __fish_complete_path $parts[2]
        else
            echo $parts[2]
        end
    end
end
complete --no-files --command planner --arguments "(_planner_completion)"
